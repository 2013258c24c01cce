import { soakChanges } from './soak-changes.js';
import { soakCrash } from './soak-crash.js';
import { soakFaults } from './soak-faults.js';
import { soakHeld } from './soak-held.js';
import { soakMemory } from './soak-memory.js';
import { soakPlan } from './soak-plan.js';
import { soakSandbox } from './soak-sandbox.js';

/**
 * `npm run soak -- NAME [ROUNDS]`: what the test suite shows in short, for as long as one likes. Ends with 1 where a
 * promise was broken.
 */
const SOAKS: Readonly<Record<string, (rounds: number, say: (text: string) => void) => Promise<boolean>>> = {
  changes: soakChanges,
  crash: soakCrash,
  faults: soakFaults,
  held: soakHeld,
  memory: soakMemory,
  plan: soakPlan,
  sandbox: soakSandbox,
};

const [name = '', rounds = '10'] = process.argv.slice(2);
const soak = SOAKS[name];
if (!soak || !/^[1-9]\d*$/.test(rounds)) {
  process.stderr.write(`npm run soak -- ${Object.keys(SOAKS).join('|')} [rounds]\n`);
  process.exit(2);
}
const kept = await soak(Number(rounds), (text) => process.stdout.write(`${text}\n`));
process.exit(kept ? 0 : 1);
