import { openSqliteStore } from '@isthmus/store';
import { BenchCompany, isthmusRun, rowsOf, signIn } from '../bench/company.js';
import { CONTRACTS } from '../bench/installations.js';

/** About 500,000 rows of projects and contracts. */
const SCALE = 1925;
const CHANGES = 100;
const ALLOWED_PERCENT = 1;
const ITEM_BASED = 192350000;
const WORK_BASED = 192350001;

interface Kind {
  readonly what: string;
  readonly set: string;
  readonly id: string;
  readonly filter: string;
  readonly body: (round: number) => object;
}

const ORDERS = { set: 'salesorders', id: 'salesorderid' };
const KINDS: readonly Kind[] = [
  {
    what: 'milestones that nothing refers to',
    set: 'msdyn_contractlinescheduleofvalues',
    id: 'msdyn_contractlinescheduleofvalueid',
    filter: 'msdyn_name ne null',
    body: (round) => ({ msdyn_name: `Changed ${round}` }),
  },
  {
    what: "contracts' names, which nothing else reads",
    ...ORDERS,
    filter: `msdyn_ordertype eq ${WORK_BASED}`,
    body: (round) => ({ name: `Changed ${round}` }),
  },
  {
    what: "orders' types, which decide about lines, projects and milestones",
    ...ORDERS,
    filter: `msdyn_ordertype eq ${WORK_BASED}`,
    body: () => ({ msdyn_ordertype: ITEM_BASED }),
  },
];

/**
 * What a run of 100 changes costs, measured against the run that read everything; `rounds` such runs of each kind, their
 * median counts. A run is what the history knows of it: sign-in, checks of the metadata, tasks. What a process costs to start is
 * paid once by a service, and is shown beside it.
 */
export async function soakChanges(rounds: number, say: (text: string) => void, scale = SCALE): Promise<boolean> {
  const company = await BenchCompany.start(scale, CONTRACTS);
  try {
    const full = await measured(company);
    say(`full run: ${full.rows} rows, ${full.run.toFixed(1)} s, with the process ${full.process.toFixed(1)} s`);
    let kept = true;
    for (const kind of KINDS) {
      const shares: number[] = [];
      for (let round = 1; round <= rounds; round++) {
        await change(company, kind, round);
        const { rows, run, process: whole } = await measured(company);
        const [own, all] = [(100 * run) / full.run, (100 * whole) / full.process];
        shares.push(own);
        say(
          `${CHANGES} ${kind.what}: ${rows} read, ${run.toFixed(2)} s, ${own.toFixed(2)} % of the full run; ` +
            `with the process ${whole.toFixed(2)} s, ${all.toFixed(2)} %`,
        );
      }
      const median = shares.sort((a, b) => a - b)[Math.floor(shares.length / 2)] ?? Infinity;
      say(`${kind.what}: median ${median.toFixed(2)} %`);
      kept &&= median <= ALLOWED_PERCENT;
    }
    return kept;
  } finally {
    await company.stop();
  }
}

interface Measured {
  readonly rows: number;
  /** Seconds, as are those of the process. */
  readonly run: number;
  readonly process: number;
}

async function measured(company: BenchCompany): Promise<Measured> {
  const result = await isthmusRun(company);
  const store = await openSqliteStore({ path: company.file('state.db') });
  const record = await store.runs.get(result.summary.run);
  await store.close();
  const run = Date.parse(record?.finishedAt ?? '') - Date.parse(record?.startedAt ?? '');
  return { rows: rowsOf(result), run: run / 1000, process: result.seconds };
}

async function change({ systems }: BenchCompany, { set, id, filter, body }: Kind, round: number): Promise<void> {
  const root = `${systems.psa.url}/api/data/v9.2`;
  const authorization = await signIn(systems, systems.psa.url);
  const answer = await fetch(`${root}/${set}?$filter=${filter}&$select=${id}&$top=${CHANGES}`, {
    headers: { authorization },
  });
  const { value } = (await answer.json()) as { value: Readonly<Record<string, string>>[] };
  for (const row of value) {
    const headers = { authorization, 'content-type': 'application/json' };
    const sent = { method: 'PATCH', headers, body: JSON.stringify(body(round)) };
    const changed = await fetch(`${root}/${set}(${row[id]})`, sent);
    if (!changed.ok) throw new RangeError(`${set}: ${changed.status} ${await changed.text()}`);
  }
}
