import { BenchCompany, isthmusRun, rowsOf, signIn, type RunResult } from '../bench/company.js';
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

/** What a run of 100 changes costs, measured against the run that read everything; `rounds` such runs of each kind. */
export async function soakChanges(rounds: number, say: (text: string) => void, scale = SCALE): Promise<boolean> {
  const company = await BenchCompany.start(scale, CONTRACTS);
  try {
    const full = await isthmusRun(company);
    say(`full run: ${rowsOf(full)} rows, ${full.seconds.toFixed(1)} s, in tasks ${inTasks(full).toFixed(1)} s`);
    let idle = Infinity;
    for (let round = 0; round < rounds; round++) idle = Math.min(idle, (await isthmusRun(company)).seconds);
    say(`run of no changes (start-up, sign-in, metadata): ${idle.toFixed(2)} s`);
    let kept = true;
    for (const kind of KINDS) {
      let best = Infinity;
      for (let round = 1; round <= rounds; round++) {
        await change(company, kind, round);
        const run = await isthmusRun(company);
        best = Math.min(best, run.seconds);
        const [all, work] = [(100 * run.seconds) / full.seconds, (100 * inTasks(run)) / inTasks(full)];
        say(
          `${CHANGES} ${kind.what}: ${rowsOf(run)} read, ${run.seconds.toFixed(2)} s, ` +
            `${all.toFixed(2)} % of the full run; in tasks ${inTasks(run).toFixed(2)} s, ${work.toFixed(2)} %`,
        );
      }
      kept &&= (100 * best) / full.seconds <= ALLOWED_PERCENT;
    }
    return kept;
  } finally {
    await company.stop();
  }
}

/** Seconds without start-up, sign-in and metadata, which cost the same however many rows there are. */
const inTasks = ({ summary }: RunResult): number =>
  summary.tasks.reduce((sum, { durationMs }) => sum + durationMs, 0) / 1000;

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
