import { BenchCompany, isthmusRun, rowsOf, signIn } from '../bench/company.js';
import { CONTRACTS } from '../bench/installations.js';

/** About 500,000 rows of projects and contracts. */
const SCALE = 1925;
const CHANGES = 100;
const ALLOWED_PERCENT = 1;

/** What a run of 100 changes costs, measured against the run that read everything; `rounds` such runs. */
export async function soakChanges(rounds: number, say: (text: string) => void, scale = SCALE): Promise<boolean> {
  const company = await BenchCompany.start(scale, CONTRACTS);
  try {
    const full = await isthmusRun(company);
    say(`full run: ${rowsOf(full)} rows, ${full.seconds.toFixed(1)} s`);
    let best = Infinity;
    for (let round = 1; round <= rounds; round++) {
      await changeOrders(company, round);
      const { seconds, summary } = await isthmusRun(company);
      const updated = summary.tasks.reduce((sum, task) => sum + task.updated, 0);
      best = Math.min(best, seconds);
      const percent = (100 * seconds) / full.seconds;
      say(
        `run of ${CHANGES} changes: ${updated} updated, ${seconds.toFixed(2)} s, ${percent.toFixed(2)} % of the full run`,
      );
    }
    return (100 * best) / full.seconds <= ALLOWED_PERCENT;
  } finally {
    await company.stop();
  }
}

async function changeOrders({ systems }: BenchCompany, round: number): Promise<void> {
  const root = `${systems.psa.url}/api/data/v9.2`;
  const authorization = await signIn(systems, systems.psa.url);
  const workBased = `$filter=msdyn_ordertype eq 192350001&$select=salesorderid&$top=${CHANGES}`;
  const answer = await fetch(`${root}/salesorders?${workBased}`, { headers: { authorization } });
  const { value } = (await answer.json()) as { value: { salesorderid: string }[] };
  for (const { salesorderid } of value) {
    const body = JSON.stringify({ name: `Changed ${round}` });
    const headers = { authorization, 'content-type': 'application/json' };
    await fetch(`${root}/salesorders(${salesorderid})`, { method: 'PATCH', headers, body });
  }
}
