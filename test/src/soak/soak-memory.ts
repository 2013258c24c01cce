import { BenchCompany, isthmusRun, rowsOf } from '../bench/company.js';
import { CONTRACTS } from '../bench/installations.js';

/** About 100,000 rows of projects and contracts; the large company has ten times as many. */
const SCALE = 385;
const TIMES = 10;
/** Of the peak of the small one. What grows with the rows would be far above it. */
const ALLOWED = 1.25;

/** Peak memory of the command's process in a first run and a second one, in a small and a large company. */
export async function soakMemory(rounds: number, say: (text: string) => void, scale = SCALE): Promise<boolean> {
  for (let round = 1; round <= rounds; round++) {
    const small = await peaksOf(scale, say);
    const large = await peaksOf(scale * TIMES, say);
    const growth = Math.max(large.first / small.first, large.second / small.second);
    say(`${TIMES} times the rows: ${growth.toFixed(2)} times the memory`);
    if (growth > ALLOWED) return false;
  }
  return true;
}

interface Peaks {
  readonly first: number;
  readonly second: number;
}

async function peaksOf(scale: number, say: (text: string) => void): Promise<Peaks> {
  const company = await BenchCompany.start(scale, CONTRACTS);
  try {
    const first = await isthmusRun(company);
    const second = await isthmusRun(company);
    const [one, two] = [first, second].map(({ peakBytes }) => Math.round(peakBytes / 1024 / 1024));
    say(`${rowsOf(first)} rows: first run ${one} MB, second run ${two} MB`);
    return { first: first.peakBytes, second: second.peakBytes };
  } finally {
    await company.stop();
  }
}
