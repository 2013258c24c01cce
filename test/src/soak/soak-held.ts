import { openSqliteStore } from '@isthmus/store';
import { BenchCompany, isthmusRun } from '../bench/company.js';
import { CONTRACTS } from '../bench/installations.js';

const SCALE = 10;
const HELD = 1_000_000;
const BATCH = 5000;
const PROJECTS = { integration: 'contracts', task: 'projects' };
/** Of the time without them. */
const ALLOWED = 1.1;

/** What a million records that are held cost a run that touches none of them; the best of `rounds` runs counts. */
export async function soakHeld(rounds: number, say: (text: string) => void, records = HELD): Promise<boolean> {
  const company = await BenchCompany.start(SCALE, CONTRACTS);
  const best = async (): Promise<number> => {
    let seconds = Infinity;
    for (let round = 0; round < rounds; round++) seconds = Math.min(seconds, (await isthmusRun(company)).seconds);
    return seconds;
  };
  try {
    await isthmusRun(company);
    const without = await best();
    say(`without: ${without.toFixed(2)} s`);
    await hold(company.file('state.db'), records);
    const withThem = await best();
    say(`with ${records} records held: ${withThem.toFixed(2)} s`);
    return withThem <= without * ALLOWED;
  } finally {
    await company.stop();
  }
}

/** Half of them wait, each for another row; half are quarantined. */
export async function hold(path: string, records: number): Promise<void> {
  const store = await openSqliteStore({ path });
  for (let from = 0; from < records; from += BATCH) {
    const held = Array.from({ length: BATCH }, (_, index) => record(from + index));
    await store.settle({ ...PROJECTS, runId: 'run-0', crossReferences: [], forgotten: [], held, released: [] });
  }
  await store.close();
}

function record(number: number) {
  const waits = number % 2 === 0;
  const code = waits ? 'RECORD_WAITS' : 'RECORD_TOO_LONG';
  const awaited = {
    integration: 'contracts',
    task: 'project-contracts',
    key: `missing-${number}`,
    by: 'key' as const,
    legalEntity: 'usmf',
  };
  return {
    state: waits ? ('deferred' as const) : ('quarantined' as const),
    sourceId: `held-${number}`,
    key: `HELD-${number}`,
    legalEntity: 'usmf',
    source: { msdyn_projectid: `held-${number}`, msdyn_subject: 'A project that does not get through'.repeat(5) },
    mapped: { ProjectID: `HELD-${number}` },
    errors: [{ code, message: 'It does not get through.', remedy: 'None.', place: {} }],
    code,
    again: false,
    since: '2026-03-01T09:00:00.000Z',
    ...(waits ? { waitsFor: awaited } : {}),
  };
}
