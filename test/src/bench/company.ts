import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { repositoryFile } from '../support/repository.js';
import type { Installation } from './installations.js';

const CLI = repositoryFile('packages/cli/bin/isthmus.js');

interface SignIn {
  readonly token: { readonly url: string };
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface Announcement extends SignIn {
  readonly psa: { readonly url: string };
  readonly finops: { readonly url: string };
}

/** @returns the value of an Authorization header for `resource` */
export async function signIn({ token, clientId, clientSecret }: SignIn, resource: string): Promise<string> {
  const form = { client_id: clientId, client_secret: clientSecret, grant_type: 'client_credentials' };
  const body = new URLSearchParams({ ...form, scope: `${resource}/.default` });
  const answer = await fetch(token.url, { method: 'POST', body });
  return `Bearer ${((await answer.json()) as { access_token: string }).access_token}`;
}

/** A sandbox in a process of its own, and a customer's folder that points at it. */
export class BenchCompany {
  readonly folder = mkdtempSync(join(tmpdir(), 'isthmus-bench-'));

  private constructor(
    private readonly process: ChildProcess,
    readonly systems: Announcement,
    private readonly installation: Installation,
  ) {
    const auth = { tokenUrl: systems.token.url, clientId: systems.clientId, clientSecret: systems.clientSecret };
    const rc = {
      plugins: installation.plugins.map((name) => repositoryFile(`plugins/${name}/dist/index.js`)),
      connections: {
        psa: { kind: 'dataverse', url: systems.psa.url, ...auth },
        finops: { kind: 'finops', url: systems.finops.url, ...auth, ...installation.finops },
      },
      connectionSets: {
        main: {
          connections: { psa: 'psa', finops: 'finops' },
          organizations: { 'Contoso US': 'USSI', 'Contoso Global': 'USMF', 'Contoso Robotics UK': null },
        },
      },
      integrations: Object.fromEntries(
        Object.entries(installation.integrations).map(([name, integration]) => [
          name,
          { ...integration, connectionSet: 'main' },
        ]),
      ),
      store: { path: 'state.db' },
    };
    writeFileSync(join(this.folder, '.isthmusrc.json'), JSON.stringify(rc));
  }

  /** @param scale 1 is demo size; 385 gives about 100,000 rows of projects and contracts */
  static async start(scale: number, installation: Installation): Promise<BenchCompany> {
    const whole = String(Math.max(1, Math.round(scale)));
    const child = spawn(process.execPath, [CLI, 'sandbox', '--json', '--scale', whole], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const company = new BenchCompany(child, JSON.parse(line) as Announcement, installation);
    await company.fillTables();
    return company;
  }

  /** The sandbox makes rows when they are first read; that is not what is measured. */
  private async fillTables(): Promise<void> {
    const { psa, finops } = this.systems;
    const { psaSets, finopsSets } = this.installation;
    const paths = [
      ...psaSets.map((set): [string, string] => [psa.url, `/api/data/v9.2/${set}`]),
      ...finopsSets.map((set): [string, string] => [finops.url, `/data/${set}?cross-company=true`]),
    ];
    for (const [url, path] of paths) {
      const headers = { authorization: await signIn(this.systems, url) };
      for (let next: string | undefined = url + path; next;) {
        const answer = await fetch(next, { headers });
        if (!answer.ok) throw new RangeError(`${next}: ${answer.status} ${await answer.text()}`);
        next = ((await answer.json()) as { '@odata.nextLink'?: string })['@odata.nextLink'];
      }
    }
  }

  file(name: string): string {
    return join(this.folder, name);
  }

  async stop(): Promise<void> {
    this.process.kill('SIGTERM');
    await once(this.process, 'exit');
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export interface RunResult {
  readonly seconds: number;
  readonly peakBytes: number;
  readonly summary: RunSummary;
}

/** Rows that the tasks of a run have read. */
export const rowsOf = ({ summary }: RunResult): number => summary.tasks.reduce((sum, { read }) => sum + read, 0);

/** A run, as it is compared with what else is done with the same rows. */
export interface Leg {
  readonly rows: number;
  readonly seconds: number;
}

export const legOf = (run: RunResult): Leg => ({ rows: rowsOf(run), seconds: run.seconds });

/** A run, and the seconds that the sandbox needs for what it has written where nothing else is done. */
export interface Ceiling extends Leg {
  readonly alone: number;
}

interface RunSummary {
  readonly run: string;
  readonly status: string;
  readonly balanced: boolean;
  readonly tasks: readonly Readonly<Record<'read' | 'created' | 'updated' | 'filtered' | 'durationMs', number>>[];
}

interface RunOptions {
  /** Those that run; all where none is named. */
  readonly integrations?: readonly string[];
  /** A file for the conversation. */
  readonly capture?: string;
}

export interface Ended {
  readonly seconds: number;
  readonly peakBytes: number;
  readonly status: number | null;
  readonly output: string;
}

/** One command in the company's folder, in a process of its own. @param capture a file for the conversation */
export async function isthmus(company: BenchCompany, args: readonly string[], capture?: string): Promise<Ended> {
  const peak = company.file('peak');
  const preload = capture ? './capture.js' : './peak-memory.js';
  const started = performance.now();
  const preloaded = ['--import', new URL(preload, import.meta.url).href];
  const child = spawn(process.execPath, [...preloaded, CLI, ...args], {
    cwd: company.folder,
    env: { ...process.env, ISTHMUS_BENCH_PEAK: peak, ...(capture ? { ISTHMUS_BENCH_CAPTURE: capture } : {}) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const [status] = (await once(child, 'close')) as [number | null];
  const seconds = (performance.now() - started) / 1000;
  return { seconds, peakBytes: capture ? 0 : readNumber(peak), status, output };
}

/** `isthmus run --json`. */
export async function isthmusRun(
  company: BenchCompany,
  { integrations = [], capture }: RunOptions = {},
): Promise<RunResult> {
  const { output, ...ended } = await isthmus(company, ['run', ...integrations, '--json'], capture);
  const summary = JSON.parse(output.trim().split('\n').at(-1) ?? '{}') as RunSummary;
  if (!summary.balanced) throw new RangeError(`The run failed: ${output.slice(-2000)}`);
  return { ...ended, summary };
}

interface PumpOptions {
  /** The system that is written to, F&O unless said. */
  readonly destination?: 'psa' | 'finops';
  /** Nothing is read: how fast the destination can be written to at best. */
  readonly writesOnly?: boolean;
}

/**
 * The bare pump against a sandbox that has not seen these rows yet.
 *
 * @returns seconds of the transfer alone
 */
export async function pumpRun(
  company: BenchCompany,
  capture: string,
  { destination = 'finops', writesOnly = false }: PumpOptions = {},
): Promise<number> {
  const result = company.file('pump');
  await ownProcess('./pump.js', { capture, systems: company.systems, destination, writesOnly, result });
  return readNumber(result);
}

/**
 * Packages of a captured run, put into the storage and imported by a client that does nothing else.
 *
 * @returns seconds
 */
export async function packagePumpRun(company: BenchCompany, capture: string): Promise<number> {
  const result = company.file('packages');
  await ownProcess('./package-pump.js', { capture, systems: company.systems, result });
  return readNumber(result);
}

/** @param settings for the script, which leaves what it has found in the file `result` */
export async function ownProcess<T extends { readonly result: string }>(script: string, settings: T): Promise<void> {
  const path = new URL(script, import.meta.url).pathname;
  const child = spawn(process.execPath, [path, JSON.stringify(settings)], { stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number];
  if (code !== 0) throw new RangeError(`${script} failed.`);
}

const readNumber = (file: string): number => Number(readFileSync(file, 'utf8'));
