import type { Command } from 'commander';
import { examples } from '../../help.js';
import type { Session } from '../../session.js';
import { addExport } from './export.js';
import { addImport } from './import.js';
import { addReset } from './reset.js';
import { addRewind } from './rewind.js';
import { addShow } from './show.js';
import { addUndo } from './undo.js';

export function addState(program: Command, session: Session): void {
  const state = program
    .command('state')
    .summary('look at what is remembered of each task, and change it')
    .description(
      'Shows, rewinds, resets, exports or imports what is remembered of tasks. A change is only described, unless --yes is given, and can be undone.',
    )
    .addHelpText(
      'after',
      examples(
        ['isthmus state show', 'how far each task has got'],
        ['isthmus state rewind contracts/projects', 'what it would mean to go back by one run'],
        ['isthmus state reset contracts --yes', 'forget everything; the next run finds it again'],
        ['isthmus state undo --yes', 'take the last change back'],
      ),
    );
  for (const add of [addShow, addRewind, addReset, addExport, addImport, addUndo]) add(state, session);
}
