import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningSandbox } from '@isthmus/sandbox';
import { wholeTables } from '../support/finops.js';
import { COUNTED } from '../support/kill-at-commit.js';
import { isReconciled, type HeldLine, type RunResult } from '../support/run-result.js';
import { Site } from '../support/site.js';
import { withSandbox } from '../support/with-sandbox.js';

const PRELOAD = new URL('../support/kill-at-commit.js', import.meta.url).href;

/** What a run leaves behind: every row of F&O, and every record that is held, with the reason. */
export interface Outcome {
  readonly tables: Awaited<ReturnType<typeof wholeTables>>;
  readonly held: readonly string[];
}

export interface Undisturbed extends Outcome {
  /** Transactions of the store, each of which is a step at which a run can be killed. */
  readonly steps: number;
  readonly durationMs: number;
}

/** A run that nothing happens to. */
export const undisturbed = (scale: number): Promise<Undisturbed> =>
  withSandbox({ scale }, async (sandbox) => {
    const site = new Site(sandbox);
    const started = performance.now();
    const { stderr } = await killable(site, 'count').ended;
    const durationMs = performance.now() - started;
    const steps = Number(stderr.split(COUNTED).at(-1));
    return { steps, durationMs, ...(await outcomeOf(site, sandbox)) };
  });

/** A first run that is killed at a step of its store, and what the next run makes of it. */
export const killedAtStep = (scale: number, step: number, moment: 'before' | 'after'): Promise<Outcome> =>
  withSandbox({ scale }, async (sandbox) => {
    const site = new Site(sandbox);
    const { status, stderr } = await killable(site, `${step} ${moment}`).ended;
    if (status !== null) throw new Error(`the run was not killed at step ${step}: ${stderr}`);
    return afterwards(site, sandbox);
  });

/** Runs that are killed at random moments, one after the other, and what the last one makes of it. */
export const killedAtRandom = (scale: number, times: number, withinMs: number): Promise<Outcome> =>
  withSandbox({ scale }, async (sandbox) => {
    const site = new Site(sandbox);
    for (let kill = 0; kill < times; kill++) {
      const run = site.start('run', '--json');
      // The unknown duration of the start weighs little against what follows.
      await Promise.race([sleep(Math.random() * withinMs), run.ended]);
      run.kill('SIGKILL');
      await run.ended;
    }
    return afterwards(site, sandbox);
  });

/** Where the two outcomes differ, in words; empty where they do not. */
export function differencesOf(wanted: Outcome, found: Outcome): string[] {
  const rows = Object.entries(wanted.tables).flatMap(([table, expected]) =>
    difference(table, expected, found.tables[table] ?? []),
  );
  return [...rows, ...difference('held', wanted.held, found.held)];
}

function difference(what: string, wanted: readonly string[], found: readonly string[]): string[] {
  const [due, there] = [new Set(wanted), new Set(found)];
  return [
    ...wanted.filter((row) => !there.has(row)).map((row) => `${what}: lost ${row}`),
    ...found.filter((row) => !due.has(row)).map((row) => `${what}: not wanted ${row}`),
    ...(found.length === there.size ? [] : [`${what}: ${found.length - there.size} rows twice`]),
  ];
}

function killable(site: Site, at: string) {
  Object.assign(site.env, { NODE_OPTIONS: `--import ${PRELOAD}`, KILL_AT: at });
  const run = site.start('run', '--json');
  delete site.env['NODE_OPTIONS'];
  delete site.env['KILL_AT'];
  return run;
}

async function afterwards(site: Site, sandbox: RunningSandbox): Promise<Outcome> {
  const ended = await site.isthmus('run', '--json');
  const result = ended.json<RunResult>();
  if (result.error || !isReconciled(result)) throw new Error(`the next run failed: ${ended.stdout} ${ended.stderr}`);
  return outcomeOf(site, sandbox);
}

async function outcomeOf(site: Site, sandbox: RunningSandbox): Promise<Outcome> {
  const lines = (await site.isthmus('errors', '--json')).jsonLines<HeldLine>();
  return {
    tables: await wholeTables(sandbox),
    held: lines.map(({ task, key, code }) => `${task} ${key} ${code}`).sort(),
  };
}
