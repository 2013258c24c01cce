import { AUDIT_ACTIONS, type AuditAction, type AuditEntry, type AuditFilter, type AuditHead } from '@isthmus/core';
import { Option, type Command } from 'commander';
import { chainHead, moment as momentOf, positiveNumber } from '../arguments.js';
import { cliErrors } from '../errors.js';
import { examples } from '../help.js';
import { counted, moment, table, type Output } from '../output/index.js';
import type { Session } from '../session.js';
import { withStore } from '../workspace.js';

interface AuditOptions {
  readonly action?: AuditAction;
  readonly actor?: string;
  readonly subject?: string;
  readonly since?: string;
  readonly limit: number;
}

export function addAudit(program: Command, session: Session): void {
  const audit = program
    .command('audit')
    .summary('show who did what, and whether anybody has touched the record of it')
    .description('Shows who ran, applied, edited, retried or dropped what, newest first; with --json, one line each.')
    .addOption(new Option('--action <action>', 'only this').choices(AUDIT_ACTIONS))
    .option('--actor <name>', 'only what this user did')
    .option('--subject <text>', 'only where the subject has this in it: a run, a record key')
    .option('--since <time>', 'only from this day or moment on, such as 2026-11-01', momentOf)
    .option('--limit <number>', 'at most so many', positiveNumber, 50)
    .addHelpText(
      'after',
      examples(
        ['isthmus audit', 'the last 50 entries'],
        [
          'isthmus audit --action quarantine.dropped --since 2026-11-01',
          'what was given up this month, by whom, and why',
        ],
        ['isthmus audit verify', 'whether the trail is as it was written'],
        ['isthmus audit verify --expect 1204:9f86d0…', 'also that nothing up to a head noted earlier was written anew'],
      ),
    )
    .action(({ limit, ...filter }: AuditOptions) =>
      withStore(session, (store) => list(session.output, store.audit.list(filter satisfies AuditFilter), limit)),
    );
  audit
    .command('verify')
    .description('Checks that no entry was altered, removed or inserted, and prints the head of the chain.')
    .option('--expect <number:hash>', 'a head printed earlier, which must still be part of the chain', chainHead)
    .action(({ expect }: { expect?: AuditHead }) =>
      withStore(session, async ({ audit: trail }) => {
        const verdict = await trail.verify(expect);
        if (verdict.broken) throw cliErrors.AUDIT_BROKEN(verdict.broken);
        session.output.printJson(verdict);
        const { head } = verdict;
        const end = head ? `; the last one is ${head.number}:${head.hash}` : '';
        session.output.print(
          `${counted(verdict.entries, 'entry', 'entries')}, none altered, removed or inserted${end}.`,
        );
      }),
    );
}

async function list(output: Output, pages: AsyncIterable<AuditEntry[]>, limit: number): Promise<void> {
  const entries: AuditEntry[] = [];
  for await (const page of pages) {
    entries.push(...page.slice(0, limit - entries.length));
    if (entries.length >= limit) break;
  }
  for (const entry of entries) output.printJson(entry);
  if (entries.length === 0) return output.print('There are no such entries.');
  output.print(
    table<AuditEntry>(
      [
        { title: 'no.', align: 'right', value: ({ number }) => number },
        { title: 'when', value: ({ at }) => moment(at) },
        { title: 'who', value: ({ actor }) => actor },
        { title: 'action', value: ({ action }) => output.styles.bold(action) },
        { title: 'subject', value: ({ subject }) => subject },
        { title: 'details', value: ({ details }) => detailText(details) },
      ],
      entries,
      output.styles.dim,
    ),
  );
}

/** `status succeeded, full true`; what is off or empty is left out */
const detailText = (details: AuditEntry['details']): string =>
  Object.entries(details)
    .map(([name, value]) => [name, Array.isArray(value) ? value.join(' ') : value] as const)
    .filter(([, value]) => value !== false && value !== null && value !== '')
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join(', ');
