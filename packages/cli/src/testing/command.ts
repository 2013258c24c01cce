import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../bin/isthmus.js', import.meta.url));

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Surroundings {
  readonly cwd: string;
  readonly env?: Environment;
}

/** What a user, or a script, sees of a command. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The last line of standard output, which with `--json` is the answer. */
  json(): unknown;
}

/** Runs the built command as a user would, without a terminal. */
export async function isthmus(args: readonly string[], surroundings: Surroundings): Promise<Ended> {
  const child = start(args, surroundings);
  return ended(child);
}

export function start(args: readonly string[], { cwd, env = {} }: Surroundings): Running {
  return spawn(process.execPath, [BIN, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

type Running = ChildProcessByStdio<null, Readable, Readable>;

export async function ended(child: Running): Promise<Ended> {
  const status = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return {
    status: await status,
    stdout,
    stderr,
    json: () => JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? ''),
  };
}
