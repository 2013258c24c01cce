import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BenchCompany, isthmusRun, legOf, pumpRun, rowsOf, type Ceiling } from './company.js';
import { CONTRACTS } from './installations.js';
import { median } from './mapper.js';
import { perSecond, share, whole, megabytes, type Line } from './table.js';

const SCALE = { small: 385, large: 1925 };
const ROUNDS = 3;

export interface ContractsFigures {
  readonly rows: number;
  readonly firstSeconds: number;
  readonly secondSeconds: number;
  readonly pumpSeconds?: number;
  readonly peakBytes: number;
  readonly secondPeakBytes: number;
}

async function withCompany<T>(scale: number, work: (company: BenchCompany) => Promise<T>): Promise<T> {
  const company = await BenchCompany.start(scale, CONTRACTS);
  try {
    return await work(company);
  } finally {
    await company.stop();
  }
}

/** A company of about 500,000 rows. */
export const benchLargeCompany = (size: number): Promise<ContractsFigures> => firstAndSecond(SCALE.large * size);

async function firstAndSecond(scale: number): Promise<ContractsFigures> {
  return withCompany(scale, async (company) => {
    const first = await isthmusRun(company);
    const second = await isthmusRun(company);
    return {
      rows: rowsOf(first),
      firstSeconds: first.seconds,
      secondSeconds: second.seconds,
      peakBytes: first.peakBytes,
      secondPeakBytes: second.peakBytes,
    };
  });
}

/** @returns the file of the conversation of a first run, made unless it is there */
async function captureContracts(size: number, scratch: string, say: (text: string) => void): Promise<string> {
  const capture = join(scratch, 'contracts.jsonl');
  if (existsSync(capture)) return capture;
  say('contracts: capturing the conversation of a first run …');
  await withCompany(SCALE.small * size, (company) => isthmusRun(company, { capture }));
  return capture;
}

/** A first run, and right after it the sandbox with what the run has written. */
export async function contractsCeiling(size: number, scratch: string, say: (text: string) => void): Promise<Ceiling> {
  const capture = await captureContracts(size, scratch, say);
  const scale = SCALE.small * size;
  say('contracts: a first run, its writes alone …');
  const leg = await withCompany(scale, async (company) => legOf(await isthmusRun(company)));
  return { ...leg, alone: await withCompany(scale, (company) => pumpRun(company, capture, { writesOnly: true })) };
}

/** About 100,000 rows. Pump and first run turn and turn about, so that a slow moment of the machine hits both. */
export async function benchContracts(
  size: number,
  scratch: string,
  say: (text: string) => void,
): Promise<ContractsFigures> {
  const capture = await captureContracts(size, scratch, say);
  const scale = SCALE.small * size;
  const runs: ContractsFigures[] = [];
  const pumps: number[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    say(`round ${round} of ${ROUNDS}: first run, second run, bare pump …`);
    runs.push(await firstAndSecond(scale));
    pumps.push(await withCompany(scale, (company) => pumpRun(company, capture)));
  }
  const middle = (pick: (figures: ContractsFigures) => number): number => median(runs.map(pick));
  return {
    rows: middle(({ rows }) => rows),
    firstSeconds: middle(({ firstSeconds }) => firstSeconds),
    secondSeconds: middle(({ secondSeconds }) => secondSeconds),
    pumpSeconds: median(pumps),
    peakBytes: middle(({ peakBytes }) => peakBytes),
    secondPeakBytes: middle(({ secondPeakBytes }) => secondPeakBytes),
  };
}

export function contractsLines(small: ContractsFigures, large: ContractsFigures | undefined): Line[] {
  const { rows, firstSeconds, secondSeconds, pumpSeconds = 0, peakBytes } = small;
  const lines: Line[] = [
    [`first run of ${whole(rows)} rows, rows/s`, perSecond(rows, firstSeconds)],
    ['bare pump, same requests, rows/s', perSecond(rows, pumpSeconds)],
    ['first run : pump', share(pumpSeconds, firstSeconds), 'at least 70 %'],
    ['unchanged second run, seconds', secondSeconds.toFixed(2)],
    ['first : second', `${(firstSeconds / secondSeconds).toFixed(1)} times`, 'at least 10 times'],
    [`peak memory, ${whole(rows)} rows`, megabytes(peakBytes)],
  ];
  if (!large) return lines;
  return [
    ...lines,
    [`peak memory, ${whole(large.rows)} rows`, megabytes(large.peakBytes), 'does not grow'],
    ['large : small', `${(large.peakBytes / peakBytes).toFixed(2)} times`],
    [`first run of ${whole(large.rows)} rows, rows/s`, perSecond(large.rows, large.firstSeconds)],
    ['its unchanged second run, seconds', large.secondSeconds.toFixed(2)],
  ];
}
