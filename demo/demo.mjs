/**
 * `npm run demo`: installs and builds what is missing, starts both systems, synchronises them twice in both directions,
 * and says what to look at next. Uses nothing but Node.js until everything is installed.
 */
import { spawn } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (...path) => join(ROOT, ...path);
const CONFIG = at('demo', 'isthmusrc.yaml');
const CLI = at('packages', 'cli', 'bin', 'isthmus.js');

/** Exit statuses of `isthmus run`. The sample company has rows that no system would take. */
const DONE = 0;
const HELD = 3;

/** PSA's transaction classification of taxes. */
const TAX = 690970002;

process.exitCode = await demo();

async function demo() {
  const ready = (await install()) && (await build());
  if (!ready) return 1;
  rmSync(at('demo', '.isthmus'), { recursive: true, force: true });

  say('Starting both systems on this machine, with a sample company');
  const sandbox = await startSandbox();
  if (!sandbox) return 1;
  try {
    return (await synchronise(sandbox.environment)) ? 0 : 1;
  } finally {
    await sandbox.stop();
  }
}

async function synchronise(environment) {
  const isthmus = (...args) => run(CLI, [...args, '--config', CONFIG], environment);
  const finished = (status) => status === DONE || status === HELD;

  say('What depends on what, whatever the order in the rc file', 'isthmus graph');
  if ((await isthmus('graph')) !== DONE) return false;
  say('What F&O must know before anything arrives', 'isthmus parameters check');
  if ((await isthmus('parameters', 'check')) !== DONE) return false;
  say('First run: everything is new; actuals are imported, posted and come back', 'isthmus run --all');
  const first = await isthmus('run', '--all');
  if (!finished(first)) return false;
  say('What is now in PSA: the vouchers of F&O on the actuals, and its sales tax beside them');
  await showVouchers(environment);
  if (first === HELD) {
    say('What did not get through, and why', 'isthmus errors');
    if ((await isthmus('errors')) !== DONE) return false;
  }
  say('Second run: nothing has changed, so nothing is left to do', 'isthmus run --all');
  if (!finished(await isthmus('run', '--all'))) return false;
  say('The history of both', 'isthmus history');
  if ((await isthmus('history')) !== DONE) return false;
  say('Done');
  console.log(`The run history lies in ${at('demo', '.isthmus', 'state.db')}, the log beside it.
Try next (with \`npx\`, in this folder):
  isthmus sandbox                                            both systems, for as long as you like
  isthmus explain RECORD_TOO_LONG                            what an error code means
  isthmus init                                               an rc file for your own tenants
The rc file of this demonstration is demo/isthmusrc.yaml.`);
  return true;
}

/** Asks PSA itself, past everything that was demonstrated. */
async function showVouchers({ ISTHMUS_DEMO_PSA_URL: psa, ...signIn }) {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: signIn.ISTHMUS_DEMO_CLIENT_ID,
    client_secret: signIn.ISTHMUS_DEMO_SECRET,
    scope: `${psa}/.default`,
  });
  const { access_token: token } = await (
    await fetch(signIn.ISTHMUS_DEMO_TOKEN_URL, { method: 'POST', body: form })
  ).json();
  const columns = 'msdyn_description,msdyn_amount,msdyn_transactionclassification,msdynce_vouchernumber';
  const ask = async (filter) => {
    const query = `$select=${columns}&$count=true&$filter=${encodeURIComponent(filter)}`;
    const headers = { authorization: `Bearer ${token}`, prefer: 'odata.maxpagesize=3' };
    return (await fetch(`${psa}/api/data/v9.2/msdyn_actuals?${query}`, { headers })).json();
  };
  for (const [what, filter] of [
    ['Actuals', `msdynce_vouchernumber ne null and msdyn_transactionclassification ne ${TAX}`],
    ['Sales tax', `msdyn_transactionclassification eq ${TAX}`],
  ]) {
    const { value, '@odata.count': count } = await ask(filter);
    console.log(`${what}: ${count}, for example`);
    for (const row of value) {
      const [amount, description] = [String(row.msdyn_amount).padStart(12), row.msdyn_description];
      console.log(`  ${row.msdynce_vouchernumber}${amount}  ${description}`);
    }
  }
}

/** Only where something is missing or the lock file has changed since. */
async function install() {
  const installed = modifiedAt(at('node_modules', '.package-lock.json'));
  if (installed >= modifiedAt(at('package-lock.json'))) return true;
  say(installed === 0 ? 'Installing what is needed' : 'Installing again: package-lock.json has changed', 'npm ci');
  const npm = process.env.npm_execpath;
  if (npm) return (await run(npm, ['ci'])) === 0;
  console.error('Nothing is installed yet. Start the demonstration with `npm run demo`.');
  return false;
}

async function build() {
  say('Building', 'tsc -b');
  return (await run(at('node_modules', 'typescript', 'bin', 'tsc'), ['-b'])) === 0;
}

function modifiedAt(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Runs a script with this Node.js, in this terminal. */
function run(script, args, environment = {}) {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve(status ?? 1));
  });
}

/** Its first line says where the two systems are; what it says on standard error is shown. */
async function startSandbox() {
  const child = spawn(process.execPath, [CLI, 'sandbox', '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('close', resolve));
  // Whatever ends the demonstration ends the sandbox.
  process.once('exit', () => child.kill());
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
  const lines = createInterface({ input: child.stdout });
  const line = await Promise.race([new Promise((resolve) => lines.once('line', resolve)), ended]);
  const { psa, finops, token, clientId, clientSecret, error } = typeof line === 'string' ? JSON.parse(line) : {};
  if (!psa) {
    console.error(error ? `${error.code}: ${error.message}` : 'The sandbox did not start.');
    await ended;
    return undefined;
  }
  return {
    environment: {
      ISTHMUS_DEMO_PSA_URL: psa.url,
      ISTHMUS_DEMO_FINOPS_URL: finops.url,
      ISTHMUS_DEMO_TOKEN_URL: token.url,
      ISTHMUS_DEMO_CLIENT_ID: clientId,
      ISTHMUS_DEMO_SECRET: clientSecret,
    },
    async stop() {
      child.kill();
      await ended;
    },
  };
}

function say(what, command) {
  console.log(`\n== ${what}${command ? `   $ ${command}` : ''}`);
}
