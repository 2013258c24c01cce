import { startSandbox, type Fault, type LoggedRequest, type SandboxOptions } from '@isthmus/sandbox';
import { Controls } from '../support/controls.js';
import type { RunResult } from '../support/run-result.js';
import { Site } from '../support/site.js';
import { withSandbox } from '../support/with-sandbox.js';
import { CONTRACTS, type Freight, type Tables } from './freights.js';

export interface FaultRound {
  /** Of the sample company. */
  readonly scale: number;
  /** Rows of a page, and operations of a batch: small ones make many requests. */
  readonly portion: number;
  /** Lets so many more requests pass first, so that another round hits other ones. */
  readonly shift?: number;
  /** Contracts unless said. */
  readonly freight?: Freight;
}

export interface FaultResult {
  readonly rows: number;
  readonly requests: number;
  /** Requests that something went wrong with. */
  readonly disturbed: number;
  /** Kinds of faults that struck, each with how often. */
  readonly kinds: Readonly<Record<string, number>>;
  /** Runs until one came to its end. */
  readonly runs: number;
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  readonly last: RunResult;
}

/** One request in ten, by turns. */
const ONE_IN = 10;
const TURNS: readonly Omit<Fault, 'system'>[] = [
  { kind: 'status', status: 429, retryAfter: 1 },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 503 },
  { kind: 'drop-before' },
  { kind: 'torn' },
  { kind: 'half' },
  { kind: 'drop-after' },
];

const faultsFor = (system: Fault['system'], shift: number): Fault[] =>
  TURNS.map((fault, turn) => ({ ...fault, system, every: ONE_IN * TURNS.length, after: ONE_IN * turn + shift }));

const MOST_RUNS = 20;

/** Delivers a company while one request in ten fails, and compares what arrived with what arrives undisturbed. */
export async function deliverThroughFaults(round: FaultRound): Promise<FaultResult> {
  const { scale, portion, shift = 0, freight = CONTRACTS } = round;
  const options: SandboxOptions = { scale, maxPageSize: portion };
  const expected = await withSandbox(options, async (sandbox) => {
    await new Site(sandbox, freight.change).run('--all');
    return freight.tables(sandbox);
  });
  const sandbox = await startSandbox(options);
  try {
    const controls = new Controls(sandbox);
    const site = new Site(sandbox, (rc) => {
      freight.change(rc);
      for (const connection of Object.values(rc.connections)) Object.assign(connection, { batchSize: portion });
    });
    await controls.disturb(...faultsFor('psa', shift), ...faultsFor('finops', shift));
    let runs = 1;
    let last = await site.run('--all');
    for (; last.status === 'failed' && runs < MOST_RUNS; runs++) last = await site.run('--all');
    const log = (await controls.requests()).filter(({ system }) => system !== 'token');
    await controls.calm();
    return { runs, last, ...disturbancesIn(log), ...differences(expected, await freight.tables(sandbox)) };
  } finally {
    await sandbox.stop();
  }
}

function disturbancesIn(log: readonly LoggedRequest[]): Pick<FaultResult, 'requests' | 'disturbed' | 'kinds'> {
  const kinds: Record<string, number> = {};
  for (const { fault, status } of log) {
    if (fault === undefined) continue;
    const name = fault === 'status' ? String(status) : fault;
    kinds[name] = (kinds[name] ?? 0) + 1;
  }
  return { requests: log.length, disturbed: log.filter(({ fault }) => fault !== undefined).length, kinds };
}

/** Row by row: what should be there and is not, and what is there and should not be. */
function differences(expected: Tables, found: Tables): Pick<FaultResult, 'rows' | 'lost' | 'doubled'> {
  const lost: string[] = [];
  const doubled: string[] = [];
  let rows = 0;
  for (const [table, wanted] of Object.entries(expected)) {
    const left = new Map<string, number>();
    for (const row of wanted) left.set(row, (left.get(row) ?? 0) + 1);
    for (const row of found[table] ?? []) {
      rows++;
      const count = left.get(row) ?? 0;
      if (count === 0) doubled.push(`${table} ${row}`);
      else left.set(row, count - 1);
    }
    for (const [row, count] of left) for (let i = 0; i < count; i++) lost.push(`${table} ${row}`);
  }
  return { rows, lost, doubled };
}
