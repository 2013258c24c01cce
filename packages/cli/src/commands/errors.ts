import { nearest, type HeldFilter, type HeldRecord, type StateStore } from '@isthmus/core';
import { syncErrors } from '@isthmus/sync';
import { Option, type Command } from 'commander';
import { positiveNumber } from '../arguments.js';
import { cliErrors } from '../errors.js';
import { causesOf, tracedBack, type Cause } from '../held-causes.js';
import { examples } from '../help.js';
import { counted, keptErrorText, readKeptError, type Output } from '../output/index.js';
import type { Session } from '../session.js';
import { withStore, type Workspace } from '../workspace.js';

interface ErrorsOptions {
  readonly integration?: string;
  readonly task?: string;
  readonly state?: HeldRecord['state'];
  readonly key?: string;
  readonly limit?: number;
}

const CAUSES_SHOWN = 20;

export function addErrors(program: Command, session: Session): void {
  program
    .command('errors')
    .summary('show the records that did not get through, and why')
    .description('Shows the records that wait or are quarantined, grouped by cause; with --json, one line each.')
    .argument('[run]', 'only what this run has left')
    .option('--integration <name>', 'only this integration')
    .option('--task <name>', 'only this task')
    .addOption(new Option('--state <state>', 'only this state').choices(['deferred', 'quarantined']))
    .option('--key <key>', 'one record whole, by its integration key or source id')
    .option(
      '--limit <number>',
      `at most so many causes (default: ${CAUSES_SHOWN}); with --json, records`,
      positiveNumber,
    )
    .addHelpText(
      'after',
      examples(
        ['isthmus errors', 'what is held back, by cause'],
        ['isthmus errors --task projects --json', 'one line of JSON for each record of a task'],
        ['isthmus errors --key PRJ-01049-CCNID0', 'source row, mapped row and errors of one record'],
      ),
    )
    .action((run: string | undefined, { integration, task, state, key, limit }: ErrorsOptions) =>
      withStore(session, async (store, workspace) => {
        if (run !== undefined && !(await store.runs.get(run))) throw cliErrors.CLI_RUN_UNKNOWN({ run });
        const filter: HeldFilter = {
          ...(run === undefined ? {} : { runId: run }),
          ...(integration === undefined ? {} : { integration }),
          ...(task === undefined ? {} : { task }),
          ...(state === undefined ? {} : { state }),
        };
        await requireKnown(store, workspace, filter);
        const { output } = session;
        if (key !== undefined) await showRecord(output, store, filter, key);
        else if (output.json) await printLines(output, store, filter, limit ?? Infinity);
        else await showCauses(output, store, filter, limit ?? CAUSES_SHOWN);
      }),
    );
}

/** "Nothing is held back" must not be the answer to a misspelt name. */
async function requireKnown(
  { held }: StateStore,
  { configuration, host }: Workspace,
  filter: HeldFilter,
): Promise<void> {
  const { integration: name, task } = filter;
  if ((name === undefined && task === undefined) || (await held.count(filter)) > 0) return;
  const integrations = [...configuration.integrations.keys()];
  if (name !== undefined && !integrations.includes(name)) {
    throw syncErrors.INTEGRATION_UNKNOWN({
      name,
      nearest: nearest(name, integrations),
      known: integrations.join(', '),
    });
  }
  const tasks = [...configuration.integrations.values()].flatMap(({ template }) =>
    host.templates.get(template).tasks.map((known) => known.task),
  );
  if (task !== undefined && !tasks.includes(task)) {
    throw cliErrors.CLI_TASK_UNKNOWN({ task, nearest: nearest(task, tasks), known: [...new Set(tasks)].join(', ') });
  }
}

/** Stable shape of one line of `errors --json`. */
function recordLine(record: HeldRecord) {
  const { integration, task, state, key, sourceId, legalEntity, code, errors, waitsFor, attempts, since, runId } =
    record;
  const line = { integration, task, state, key, sourceId, legalEntity, code, errors, waitsFor: waitsFor ?? null };
  return { ...line, attempts, since, run: runId };
}

async function printLines(output: Output, { held }: StateStore, filter: HeldFilter, limit: number): Promise<void> {
  let left = limit;
  for await (const page of held.list(filter)) {
    for (const record of page.slice(0, left)) output.printJson(recordLine(record));
    left -= page.length;
    if (left <= 0) return;
  }
}

async function showRecord(output: Output, { held }: StateStore, filter: HeldFilter, key: string): Promise<void> {
  const wanted = key.toLowerCase();
  let found = false;
  for await (const page of held.list(filter)) {
    for (const record of page) {
      if (record.key.toLowerCase() !== wanted && record.sourceId.toLowerCase() !== wanted) continue;
      found = true;
      output.printJson({ ...recordLine(record), source: record.source, mapped: record.mapped ?? null });
      describeRecord(output, record);
    }
  }
  if (!found) throw cliErrors.CLI_RECORD_UNKNOWN({ key });
}

function describeRecord(output: Output, record: HeldRecord): void {
  const { bold, dim } = output.styles;
  const { key, sourceId, integration, task, state, attempts, since, errors, source, mapped = {} } = record;
  output.print(`${bold(key || sourceId)}  ${integration} / ${task}  ${state}`);
  output.print(dim(`source id ${sourceId}, since ${since}, ${counted(attempts, 'attempt')}`));
  for (const error of errors) output.print(`\n${keptErrorText(readKeptError(error))}`);
  output.print(`\n${bold('Source row')}\n${JSON.stringify(source, null, 2)}`);
  output.print(`\n${bold('Mapped row')}\n${JSON.stringify(mapped, null, 2)}`);
}

async function showCauses(output: Output, { held }: StateStore, filter: HeldFilter, limit: number): Promise<void> {
  const causes = await causesOf(held.list(filter));
  if (causes.length === 0) return output.print('No records are held back.');
  const shown = causes.slice(0, limit);
  for (const cause of await tracedBack(shown, held.list({}))) showCause(output, cause);
  if (causes.length > shown.length)
    output.print(`and ${counted(causes.length - shown.length, 'more cause')} (--limit)`);
}

function showCause(output: Output, cause: Cause): void {
  const { bold, dim, red, yellow } = output.styles;
  const { integration, task, code, message, remedy, count, keys, waitsFor, heldBackBy } = cause;
  const accent = waitsFor ? yellow : red;
  const more = count > keys.length ? `, and ${count - keys.length} more` : '';
  output.print(`${accent(bold(code))}  ${counted(count, 'record')} of ${integration} / ${task}`);
  output.print(`  ${message}`);
  if (heldBackBy) output.print(`  That row is held back itself: ${heldBackBy}.`);
  output.print(`  ${dim('records')}  ${keys.join(', ')}${more}`);
  if (remedy) output.print(`  ${dim('remedy')}   ${remedy}`);
  output.print();
}
