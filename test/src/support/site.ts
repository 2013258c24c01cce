import { cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RunningSandbox } from '@isthmus/sandbox';
import { startIsthmus, type Ended, type Started } from './isthmus.js';
import { rcFileFor, SECRET_VARIABLE, type RcFile } from './rc-file.js';
import { repositoryFile } from './repository.js';
import type { RunResult } from './run-result.js';
import { temporaryFolder } from './temporary.js';

/** A customer's folder: an rc file, installed plugins, an environment with secrets. Nothing else is inherited. */
export class Site {
  readonly folder = temporaryFolder();
  readonly env: Record<string, string> = { PATH: process.env['PATH'] ?? '', HOME: this.folder };
  private readonly rc: RcFile;

  constructor(sandbox: RunningSandbox, change: (rc: RcFile) => void = () => undefined) {
    this.env[SECRET_VARIABLE] = sandbox.clientSecret;
    this.rc = rcFileFor(sandbox);
    this.install('class-validator', ...readdirSync(repositoryFile('node_modules/@isthmus')).map(scoped));
    this.edit(change);
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  /** A fresh process for each command, as a scheduler would start it. */
  isthmus(...args: string[]): Promise<Ended> {
    return this.start(...args).ended;
  }

  start(...args: string[]): Started {
    return startIsthmus(args, { cwd: this.folder, env: this.env });
  }

  /** `isthmus run --json`; fails where it ends without a result. */
  async run(...options: string[]): Promise<RunResult> {
    const ended = await this.isthmus('run', '--json', ...options);
    if (!ended.stdout) throw new Error(`no result (status ${ended.status}): ${ended.stderr}`);
    return ended.json<RunResult>();
  }

  edit(change: (rc: RcFile) => void): void {
    change(this.rc);
    this.write('.isthmusrc.json', JSON.stringify(this.rc, null, 2));
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), text);
  }

  /** A second copy of a package, for what lies in `folder`. */
  installCopy(name: string, folder: string): void {
    const target = this.path(folder, 'node_modules', name);
    cpSync(repositoryFile(`node_modules/${name}`), target, { recursive: true, dereference: true });
  }

  /** Links packages of this checkout, as a package manager's workspace does. */
  private install(...names: string[]): void {
    for (const name of names) {
      const target = this.path('node_modules', name);
      mkdirSync(dirname(target), { recursive: true });
      symlinkSync(repositoryFile(`node_modules/${name}`), target, 'junction');
    }
  }
}

const scoped = (name: string): string => `@isthmus/${name}`;
