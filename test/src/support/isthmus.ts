import { spawn } from 'node:child_process';
import { repositoryFile } from './repository.js';

const COMMAND = repositoryFile('packages/cli/bin/isthmus.js');

/** How a command ended, and everything that it printed. */
export interface Ended {
  /** Null where a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Of `--json`: the last line of standard output. */
  json<T>(): T;
  /** Of commands that print a line of JSON for each thing. */
  jsonLines<T>(): T[];
}

/** A command under way. */
export interface Started {
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<Ended>;
}

export interface Surroundings {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Starts the built command, or another program by way of which it is started. */
export function startIsthmus(args: readonly string[], { cwd, env }: Surroundings): Started {
  return startProgram(process.execPath, [COMMAND, ...args], { cwd, env });
}

/** `isthmus …` as a shell would have to write it. */
export const shellCommand = (...args: readonly string[]): string =>
  [process.execPath, COMMAND, ...args].map((part) => `'${part}'`).join(' ');

export function startProgram(program: string, args: readonly string[], { cwd, env }: Surroundings): Started {
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => (output[stream] += text));
  }
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, ...output, ...readers(output.stdout) }));
  });
  return { kill: (signal) => void child.kill(signal), ended };
}

function readers(stdout: string): Pick<Ended, 'json' | 'jsonLines'> {
  const lines = stdout.split('\n').filter(Boolean);
  return {
    json: <T>() => JSON.parse(lines.at(-1) ?? '') as T,
    jsonLines: <T>() => lines.map((line) => JSON.parse(line) as T),
  };
}
