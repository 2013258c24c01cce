import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { BenchCompany, type Announcement } from './company.js';
import { CONTRACTS } from './installations.js';
import { whole, type Line } from './table.js';

/** 100,000 actuals. */
const SCALE = 250;
const ROWS = 100_000;

/** What the sandbox itself can do, in rows a second: whatever is measured against it cannot be faster. */
export interface SandboxFigures {
  /** Pages of 5,000 actuals with the columns that the template selects; their rows are made meanwhile. */
  readonly read: number;
  /** The same pages again. */
  readonly readAgain: number;
  readonly createInDataverse: number;
  readonly createInFinops: number;
}

export interface ClientSettings {
  readonly systems: Announcement;
  readonly rows: number;
  /** File for the figures. */
  readonly result: string;
}

/** Measured from a process of its own that only sends and discards. */
export async function benchSandbox(size: number): Promise<SandboxFigures> {
  const company = await BenchCompany.start(SCALE * size, CONTRACTS);
  try {
    const result = company.file('ceiling');
    const settings: ClientSettings = { systems: company.systems, rows: ROWS * size, result };
    const script = new URL('./sandbox-client.js', import.meta.url).pathname;
    const child = spawn(process.execPath, [script, JSON.stringify(settings)], { stdio: 'inherit' });
    const [code] = (await once(child, 'exit')) as [number];
    if (code !== 0) throw new RangeError('The sandbox could not be measured.');
    return JSON.parse(readFileSync(result, 'utf8')) as SandboxFigures;
  } finally {
    await company.stop();
  }
}

/** @param firstRun of projects and contracts, as it was measured last */
export function sandboxLines(
  { read, readAgain, createInDataverse, createInFinops }: SandboxFigures,
  firstRun: { readonly rows: number; readonly firstSeconds: number },
): Line[] {
  const rate = firstRun.rows / firstRun.firstSeconds;
  const beside = (ceiling: number): string => `${(ceiling / rate).toFixed(1)} times`;
  return [
    ['sandbox alone: pages read from PSA, rows/s', whole(read)],
    ['  the same pages again, rows/s', whole(readAgain)],
    ['  : first run', beside(readAgain), 'above 2: not the bottleneck'],
    ['sandbox alone: batch creates in PSA, rows/s', whole(createInDataverse)],
    ['sandbox alone: batch creates in F&O, rows/s', whole(createInFinops)],
    ['  : first run', beside(createInFinops), 'above 2: not the bottleneck'],
  ];
}
