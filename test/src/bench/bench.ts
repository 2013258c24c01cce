import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { repositoryFile } from '../support/repository.js';
import { BenchCompany, isthmusRun, pumpRun, type RunResult } from './company.js';
import { benchMapper, median } from './mapper.js';

/**
 * `npm run bench`: ratios taken in one run on one machine; the absolute numbers are for scale only.
 * `npm run bench -- --quick` leaves out the large company.
 */
const SCALE = { small: 385, large: 1925 };
const ROUNDS = 3;

const quick = process.argv.includes('--quick');
const scratch = mkdtempSync(join(tmpdir(), 'isthmus-bench-'));

interface SyncFigures {
  readonly rows: number;
  readonly firstSeconds: number;
  readonly secondSeconds: number;
  readonly pumpSeconds?: number;
  readonly peakBytes: number;
  readonly secondPeakBytes: number;
}

const rowsOf = ({ summary }: RunResult): number => summary.tasks.reduce((sum, { read }) => sum + read, 0);

async function withCompany<T>(scale: number, work: (company: BenchCompany) => Promise<T>): Promise<T> {
  const company = await BenchCompany.start(scale);
  try {
    return await work(company);
  } finally {
    await company.stop();
  }
}

async function firstAndSecond(scale: number): Promise<SyncFigures> {
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

/** Pump and first run turn and turn about, so that a slow moment of the machine hits both. */
async function besidePump(): Promise<SyncFigures> {
  const capture = join(scratch, 'conversation.jsonl');
  say('capturing the conversation of a first run …');
  await withCompany(SCALE.small, (company) => isthmusRun(company, capture));
  const runs: SyncFigures[] = [];
  const pumps: number[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    say(`round ${round} of ${ROUNDS}: first run, second run, bare pump …`);
    runs.push(await firstAndSecond(SCALE.small));
    pumps.push(await withCompany(SCALE.small, (company) => pumpRun(company, capture)));
  }
  const middle = (pick: (figures: SyncFigures) => number): number => median(runs.map(pick));
  return {
    rows: middle(({ rows }) => rows),
    firstSeconds: middle(({ firstSeconds }) => firstSeconds),
    secondSeconds: middle(({ secondSeconds }) => secondSeconds),
    pumpSeconds: median(pumps),
    peakBytes: middle(({ peakBytes }) => peakBytes),
    secondPeakBytes: middle(({ secondPeakBytes }) => secondPeakBytes),
  };
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
const megabytes = (bytes: number): string => `${whole(bytes / 1024 / 1024)} MB`;

say('mapper …');
const mapper = benchMapper();
const small = await besidePump();
const large = quick ? undefined : await firstAndSecond(SCALE.large);
rmSync(scratch, { recursive: true, force: true });

const pumpSeconds = small.pumpSeconds ?? 0;
const lines: [what: string, figure: string, aim: string][] = [
  ['compiled mapper, rows/s', whole(mapper.compiled), ''],
  ['class-transformer + class-validator, rows/s', whole(mapper.libraries), ''],
  ['compiled : libraries', `${mapper.ratio.toFixed(1)} times`, 'at least 20 times'],
  [`first run of ${whole(small.rows)} rows, rows/s`, whole(small.rows / small.firstSeconds), ''],
  ['bare pump, same requests, rows/s', whole(small.rows / pumpSeconds), ''],
  ['first run : pump', `${whole((100 * pumpSeconds) / small.firstSeconds)} %`, 'at least 70 %'],
  ['unchanged second run, seconds', small.secondSeconds.toFixed(2), ''],
  ['first : second', `${(small.firstSeconds / small.secondSeconds).toFixed(1)} times`, 'at least 10 times'],
  [`peak memory, ${whole(small.rows)} rows`, megabytes(small.peakBytes), ''],
];
if (large) {
  lines.push(
    [`peak memory, ${whole(large.rows)} rows`, megabytes(large.peakBytes), 'does not grow'],
    ['large : small', `${(large.peakBytes / small.peakBytes).toFixed(2)} times`, ''],
    [`first run of ${whole(large.rows)} rows, rows/s`, whole(large.rows / large.firstSeconds), ''],
    ['its unchanged second run, seconds', large.secondSeconds.toFixed(2), ''],
  );
}
const widths = [0, 1].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
for (const [what, figure, aim] of lines) {
  process.stdout.write(`${what.padEnd(widths[0] ?? 0)}  ${figure.padStart(widths[1] ?? 0)}  ${aim}\n`);
}
const machine = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length, memoryBytes: totalmem() };
const file = repositoryFile('docs/benchmarks.json');
writeFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), machine, mapper, small, large }, null, 2)}\n`);
say(`written to docs/benchmarks.json`);
