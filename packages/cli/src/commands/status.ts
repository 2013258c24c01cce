import type { RunRecord, StateStore } from '@isthmus/core';
import { nextRun } from '@isthmus/service';
import type { Command } from 'commander';
import { examples } from '../help.js';
import { count, moment, table, type Output } from '../output/index.js';
import type { Session } from '../session.js';
import { withStore } from '../workspace.js';

export function addStatus(program: Command, session: Session): void {
  program
    .command('status')
    .summary('show how each integration stands')
    .description('Shows the last run of each integration, what is held back, and what to do next.')
    .addHelpText('after', examples(['isthmus status', 'one line for each integration']))
    .action(() =>
      withStore(session, async (store, { configuration }) => {
        const lines: IntegrationStatus[] = [];
        for (const [integration, { template }] of configuration.integrations) {
          const last = await store.runs.last(integration);
          const held = await heldBack(store, integration, last);
          const next = nextRun(configuration, integration, { last, now: Date.now() });
          lines.push({ integration, template, lastRun: lastRun(last), nextRun: next?.toISOString() ?? null, ...held });
        }
        session.output.printJson(lines);
        show(session.output, lines);
      }),
    );
}

/** Stable shape of `status --json`: a list of these. */
interface IntegrationStatus {
  readonly integration: string;
  readonly template: string;
  readonly lastRun: ReturnType<typeof lastRun>;
  /** By its schedule, when `isthmus start` is running; null where it has none. */
  readonly nextRun: string | null;
  readonly deferred: number;
  readonly quarantined: number;
  readonly next: string;
}

const lastRun = (run: RunRecord | undefined) =>
  run ? { run: run.id, status: run.status, startedAt: run.startedAt, finishedAt: run.finishedAt ?? null } : null;

async function heldBack({ held }: StateStore, integration: string, last: RunRecord | undefined) {
  const deferred = await held.count({ integration, state: 'deferred' });
  const quarantined = await held.count({ integration, state: 'quarantined' });
  return { deferred, quarantined, next: nextStep(integration, last, deferred + quarantined) };
}

function nextStep(integration: string, last: RunRecord | undefined, held: number): string {
  if (!last) return `isthmus run ${integration}`;
  if (last.status === 'failed') return `isthmus history ${last.id}`;
  return held > 0 ? `isthmus errors --integration ${integration}` : 'nothing to do';
}

function show(output: Output, lines: readonly IntegrationStatus[]): void {
  if (lines.length === 0) return output.print('The rc file has no integrations.');
  const { bold, dim, yellow, red } = output.styles;
  output.print(
    table<IntegrationStatus>(
      [
        { title: 'integration', value: ({ integration }) => bold(integration) },
        { title: 'template', value: ({ template }) => template },
        { title: 'last run', value: (line) => (line.lastRun ? moment(line.lastRun.startedAt) : 'never') },
        { title: 'status', value: (line) => line.lastRun?.status ?? '' },
        { title: 'waiting', align: 'right', value: ({ deferred }) => (deferred ? yellow(count(deferred)) : '0') },
        {
          title: 'quarantined',
          align: 'right',
          value: ({ quarantined }) => (quarantined ? red(count(quarantined)) : '0'),
        },
        { title: 'next run', value: ({ nextRun: next }) => (next ? moment(next) : '') },
        { title: 'what to do', value: ({ next }) => next },
      ],
      lines,
      dim,
    ),
  );
}
