import { isIsthmusError, type EventBus, type TaskRecord } from '@isthmus/core';
import { serve, type Serving } from '@isthmus/service';
import { observed } from '@isthmus/telemetry';
import type { Command } from 'commander';
import { EXIT } from '../exit.js';
import { examples } from '../help.js';
import { interruptible } from '../interrupt.js';
import {
  count,
  counted,
  keptErrorText,
  moment,
  readKeptError,
  report,
  taskSummary,
  type Output,
} from '../output/index.js';
import type { Session } from '../session.js';
import { withWorkspace } from '../workspace.js';

export function addStart(program: Command, session: Session): void {
  program
    .command('start')
    .summary('run integrations by their schedule, until stopped')
    .description(
      'Runs every integration that has a `schedule`, until it is stopped. Ctrl-C or SIGTERM ends it after the batches under way.',
    )
    .addHelpText(
      'after',
      examples(
        ['isthmus start', 'in the foreground, for a service manager'],
        ['isthmus start --json', 'a line of JSON for each event'],
      ),
    )
    .action(() =>
      withWorkspace(session, async ({ configuration, host }) => {
        const { output } = session;
        const stop = new AbortController();
        const onStop = (): void => {
          say(output, 'service.stopping', {}, 'Stopping after the batches under way; once more to stop at once.');
          stop.abort();
        };
        showEvents(output, host.events);
        const onReady = (serving: Serving): void => announce(output, serving);
        try {
          await interruptible(onStop, () =>
            observed(configuration, host.events, () => serve(configuration, host, { signal: stop.signal, onReady })),
          );
        } catch (thrown) {
          if (!isIsthmusError(thrown) || thrown.code !== 'SERVICE_STOP_OVERDUE') throw thrown;
          report(output, thrown, session.options.debug ?? false);
          // The run that has not ended would keep the process.
          process.exit(EXIT.failed);
        }
        say(output, 'service.stopped', {}, 'Stopped.');
      }),
    );
}

/** Stable shape of `start --json`: a line for each event, with its name and its time. */
function say(output: Output, event: string, particulars: object, text: string): void {
  const at = new Date().toISOString();
  output.printJson({ event, at, ...particulars });
  output.print(`${output.styles.dim(moment(at))}  ${text}`);
}

function announce(output: Output, serving: Serving): void {
  const { integrations, health } = serving;
  const where = health ? `; health at ${health}/health and ${health}/ready` : '';
  say(output, 'service.started', serving, `Running ${integrations.join(', ')} by schedule${where}.`);
}

function showEvents(output: Output, events: EventBus): void {
  const { green, red, yellow } = output.styles;
  events.on('run.started', ({ runId, integrations }) =>
    say(output, 'run.started', { run: runId, integrations }, `${integrations.join(', ')}  run ${runId} begins`),
  );
  events.on('run.finished', ({ runId, status, balanced, tasks, error }) => {
    const accent = { succeeded: green, warning: yellow, failed: red, running: String }[status];
    const particulars = {
      run: runId,
      status,
      balanced,
      tasks: tasks.map(taskSummary),
      ...(error === undefined ? {} : { error }),
    };
    say(
      output,
      'run.finished',
      particulars,
      `run ${runId}  ${accent(status)}  ${error === undefined ? totals(tasks) : keptErrorText(readKeptError(error))}`,
    );
  });
  events.on('conclusion', (conclusion) =>
    say(output, 'conclusion', conclusion, `${green('✓')} ${conclusion.integration}  ${conclusion.message}`),
  );
  events.on('notice', (notice) =>
    say(output, 'notice', notice, `${yellow('!')} ${notice.message} ${notice.remedy ?? ''}`.trimEnd()),
  );
}

function totals(tasks: readonly TaskRecord[]): string {
  const sum = (name: 'read' | 'created' | 'updated' | 'deleted' | 'deferred' | 'quarantined') =>
    tasks.reduce((total, task) => total + task[name], 0);
  const outcomes = (['created', 'updated', 'deleted', 'deferred', 'quarantined'] as const).filter(
    (name) => sum(name) > 0,
  );
  return [`${counted(sum('read'), 'record')} read`, ...outcomes.map((name) => `${count(sum(name))} ${name}`)].join(
    ', ',
  );
}
