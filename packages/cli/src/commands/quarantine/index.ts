import type { Command } from 'commander';
import { examples } from '../../help.js';
import type { Session } from '../../session.js';
import { addDrop } from './drop.js';
import { addEdit } from './edit.js';
import { addExport } from './export.js';
import { addList } from './list.js';
import { addRetry } from './retry.js';
import { addShow } from './show.js';

export function addQuarantine(program: Command, session: Session): void {
  const quarantine = program
    .command('quarantine')
    .summary('look after the records that did not get through')
    .description('Lists, edits, retries, drops or exports the records that wait or are quarantined.')
    .addHelpText(
      'after',
      examples(
        ['isthmus quarantine list', 'by root cause, with what hangs on it'],
        ['isthmus quarantine show PRJ-01049', 'all that is known of one record'],
        [
          'isthmus quarantine edit PRJ-01049 --set ProjectName=Bridge --reason "too long"',
          'until its source row changes',
        ],
        ['isthmus quarantine retry --code FINOPS_REFERENCE_MISSING', 'just these'],
        ['isthmus quarantine drop PRJ-01049 --reason "test row" --yes', 'leave it out'],
      ),
    );
  for (const add of [addList, addShow, addEdit, addRetry, addDrop, addExport]) add(quarantine, session);
}
