import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isthmus, type Ended, type Environment } from './command.js';

/** An installed plugin, as a path that also leads there from a temporary folder. */
export const contractsPlugin = createRequire(import.meta.url).resolve('@isthmus/plugin-contracts');

/** A temporary folder in which commands are run. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), 'isthmus-cli-'));

  constructor(readonly env: Environment = {}) {}

  file(name: string): string {
    return join(this.path, name);
  }

  write(name: string, text: string): void {
    writeFileSync(this.file(name), text);
  }

  read(name: string): string {
    return readFileSync(this.file(name), 'utf8');
  }

  isthmus(...args: readonly string[]): Promise<Ended> {
    return isthmus(args, { cwd: this.path, env: this.env });
  }

  /** In other surroundings. */
  isthmusWith(env: Environment, ...args: readonly string[]): Promise<Ended> {
    return isthmus(args, { cwd: this.path, env: { ...this.env, ...env } });
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
