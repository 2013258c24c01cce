import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { repositoryFile } from '../support/repository.js';

const CLI = repositoryFile('packages/cli/bin/isthmus.js');

interface Announcement {
  readonly psa: { readonly url: string };
  readonly finops: { readonly url: string };
  readonly token: { readonly url: string };
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A sandbox in a process of its own, and a customer's folder that points at it. */
export class BenchCompany {
  readonly folder = mkdtempSync(join(tmpdir(), 'isthmus-bench-'));

  private constructor(
    private readonly process: ChildProcess,
    readonly systems: Announcement,
  ) {
    const auth = { tokenUrl: systems.token.url, clientId: systems.clientId, clientSecret: systems.clientSecret };
    const rc = {
      plugins: [repositoryFile('plugins/contracts/dist/index.js')],
      connections: {
        psa: { kind: 'dataverse', url: systems.psa.url, ...auth },
        finops: { kind: 'finops', url: systems.finops.url, ...auth },
      },
      connectionSets: {
        main: {
          connections: { psa: 'psa', finops: 'finops' },
          organizations: { 'Contoso US': 'USSI', 'Contoso Global': 'USMF', 'Contoso Robotics UK': null },
        },
      },
      integrations: { contracts: { template: 'projects-and-contracts', connectionSet: 'main' } },
      store: { path: 'state.db' },
    };
    writeFileSync(join(this.folder, '.isthmusrc.json'), JSON.stringify(rc));
  }

  /** @param scale 1 is demo size; 385 gives about 100,000 rows of projects and contracts */
  static async start(scale: number): Promise<BenchCompany> {
    const child = spawn(process.execPath, [CLI, 'sandbox', '--json', '--scale', String(scale)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    return new BenchCompany(child, JSON.parse(line) as Announcement);
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

interface RunSummary {
  readonly status: string;
  readonly balanced: boolean;
  readonly tasks: readonly Readonly<Record<'read' | 'created' | 'updated' | 'filtered' | 'durationMs', number>>[];
}

/** `isthmus run --json` in the company's folder; `capture` names a file for the conversation. */
export async function isthmusRun(company: BenchCompany, capture?: string): Promise<RunResult> {
  const peak = company.file('peak');
  const preload = capture ? './capture.js' : './peak-memory.js';
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', new URL(preload, import.meta.url).href, CLI, 'run', '--json'], {
    cwd: company.folder,
    env: { ...process.env, ISTHMUS_BENCH_PEAK: peak, ...(capture ? { ISTHMUS_BENCH_CAPTURE: capture } : {}) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  await once(child, 'close');
  const seconds = (performance.now() - started) / 1000;
  const summary = JSON.parse(output.trim().split('\n').at(-1) ?? '{}') as RunSummary;
  if (!summary.balanced) throw new RangeError(`The run failed: ${output.slice(-2000)}`);
  return { seconds, peakBytes: capture ? 0 : readNumber(peak), summary };
}

/** The bare pump against a fresh sandbox. @returns seconds of the transfer alone */
export async function pumpRun(company: BenchCompany, capture: string): Promise<number> {
  const { psa, finops, token, clientId, clientSecret } = company.systems;
  const result = company.file('pump');
  const form = new URLSearchParams({
    client_id: clientId,
    client_secret: clientSecret,
    grant_type: 'client_credentials',
  }).toString();
  const settings = { capture, psa: psa.url, finops: finops.url, token: token.url, form, result };
  const script = new URL('./pump.js', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, JSON.stringify(settings)], { stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number];
  if (code !== 0) throw new RangeError('The pump failed.');
  return readNumber(result);
}

const readNumber = (file: string): number => Number(readFileSync(file, 'utf8'));
