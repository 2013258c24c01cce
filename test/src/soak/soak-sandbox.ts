import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Announcement } from '../bench/company.js';
import { signIn } from '../bench/company.js';
import { peakBytes } from '../support/peak-bytes.js';
import { repositoryFile } from '../support/repository.js';

/** 1,000,000 actuals. */
const SCALE = 2500;
const SECONDS_ALLOWED = 30;
const ACTUALS = 'msdyn_actuals?$select=msdyn_actualid,msdyn_description,msdyn_amount,_msdyn_project_value';

/**
 * A sandbox with a million actuals on a folder: how soon it answers, how long it takes to read everything and to stop. The
 * first start makes the company and changes a row in each page; `rounds` others find it in the folder.
 */
export async function soakSandbox(rounds: number, say: (text: string) => void, scale = SCALE): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'isthmus-sandbox-'));
  let kept = true;
  try {
    for (let round = 0; round <= rounds; round++) {
      const started = performance.now();
      const sandbox = await startSandbox(folder, scale);
      const ready = secondsSince(started);
      await sandbox.page(ACTUALS);
      const answered = secondsSince(started);
      const { rows, firsts, seconds } = await sandbox.readAll();
      const changing = performance.now();
      for (const id of round === 0 ? firsts : firsts.slice(0, 1)) await sandbox.change(id);
      const changed = secondsSince(changing);
      const memory = sandbox.peakMegabytes();
      const stopping = performance.now();
      await sandbox.stop();
      kept &&= answered < SECONDS_ALLOWED;
      say(
        `from the ${round === 0 ? 'seed' : 'folder'}: ready after ${ready.toFixed(1)} s, first page after ` +
          `${answered.toFixed(1)} s, all ${rows} rows read in ${seconds.toFixed(1)} s, ${round === 0 ? firsts.length : 1} changed in ` +
          `${changed.toFixed(1)} s, stopped in ${secondsSince(stopping).toFixed(1)} s, peak memory ${memory} MB`,
      );
    }
    return kept;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const secondsSince = (started: number): number => (performance.now() - started) / 1000;

interface Page {
  readonly value: readonly { readonly msdyn_actualid: string }[];
  readonly '@odata.nextLink'?: string;
}

async function startSandbox(folder: string, scale: number) {
  const cli = repositoryFile('packages/cli/bin/isthmus.js');
  const args = [cli, 'sandbox', '--json', '--scale', String(scale), '--folder', folder];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const systems = JSON.parse(line) as Announcement;
  const root = `${systems.psa.url}/api/data/v9.2/`;
  const authorization = await signIn(systems, systems.psa.url);
  const page = async (url: string): Promise<Page> => {
    const answer = await fetch(url.startsWith('http') ? url : root + url, { headers: { authorization } });
    return (await answer.json()) as Page;
  };
  return {
    page,
    readAll: async () => {
      const started = performance.now();
      const firsts: string[] = [];
      let rows = 0;
      for (let next: string | undefined = ACTUALS; next;) {
        const { value, '@odata.nextLink': link }: Page = await page(next);
        rows += value.length;
        firsts.push(value[0]?.msdyn_actualid ?? '');
        next = link;
      }
      return { rows, firsts, seconds: secondsSince(started) };
    },
    change: async (id: string): Promise<void> => {
      const headers = { authorization, 'content-type': 'application/json' };
      const body = JSON.stringify({ msdyn_description: 'changed' });
      const answer = await fetch(`${root}msdyn_actuals(${id})`, { method: 'PATCH', headers, body });
      if (!answer.ok) throw new RangeError(`${answer.status} ${await answer.text()}`);
    },
    peakMegabytes: (): number => Math.round(peakBytes(child.pid ?? 'self') / 1024 ** 2),
    stop: async (): Promise<void> => {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}
