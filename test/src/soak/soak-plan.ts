import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { BenchCompany, isthmus, isthmusRun, type Ended } from '../bench/company.js';
import { CONTRACTS } from '../bench/installations.js';

/** About 100,000 and 500,000 entries. */
const SCALES = [385, 1925];
/** Of the peak of the small plan. What grows with the entries would be five times. */
const ALLOWED = 1.5;
const CHANGES = 4;

/** A plan of a first run, and applying it: seconds beside those of the run itself, and memory by the number of entries. */
export async function soakPlan(rounds: number, say: (text: string) => void): Promise<boolean> {
  for (let round = 1; round <= rounds; round++) {
    const peaks: number[][] = [];
    for (const scale of SCALES) peaks.push(await planAndApply(scale, say));
    const growth = Math.max(...[0, 1].map((which) => (peaks[1]?.[which] ?? 0) / (peaks[0]?.[which] ?? 1)));
    say(`5 times the entries: ${growth.toFixed(2)} times the memory`);
    if (growth > ALLOWED) return false;
  }
  return true;
}

/** @returns peak memory of planning and of applying, in bytes */
async function planAndApply(scale: number, say: (text: string) => void): Promise<number[]> {
  const run = await withCompany(scale, isthmusRun);
  return withCompany(scale, async (company) => {
    const plan = await isthmus(company, ['plan', '--out', 'first.plan']);
    if (plan.status !== CHANGES) throw new RangeError(`The plan failed: ${plan.output.slice(-2000)}`);
    const applied = await isthmus(company, ['apply', 'first.plan', '--json']);
    const left = await isthmus(company, ['plan']);
    if (left.status !== 0) throw new RangeError(`Something was left to do: ${left.output.slice(-2000)}`);
    const entries = await linesOf(company.file('first.plan'));
    say(
      `${entries} entries: planned in ${shown(plan)}, applied in ${shown(applied)}; a run without a plan takes ` +
        `${run.seconds.toFixed(1)} s, a second plan ${left.seconds.toFixed(1)} s`,
    );
    return [plan.peakBytes, applied.peakBytes];
  });
}

const shown = ({ seconds, peakBytes }: Ended): string =>
  `${seconds.toFixed(1)} s with ${Math.round(peakBytes / 1024 / 1024)} MB`;

async function withCompany<T>(scale: number, work: (company: BenchCompany) => Promise<T>): Promise<T> {
  const company = await BenchCompany.start(scale, CONTRACTS);
  try {
    return await work(company);
  } finally {
    await company.stop();
  }
}

async function linesOf(file: string): Promise<number> {
  let lines = 0;
  for await (const _ of createInterface({ input: createReadStream(file) })) lines++;
  return lines;
}
