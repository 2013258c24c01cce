import type { Command } from 'commander';
import { examples } from '../../help.js';
import type { Session } from '../../session.js';
import { addList } from './list.js';
import { addResolve } from './resolve.js';

export function addConflicts(program: Command, session: Session): void {
  const conflicts = program
    .command('conflicts')
    .summary('decide what was changed on both sides')
    .description('Lists and resolves fields that were changed on both sides, where no side masters them.')
    .addHelpText(
      'after',
      examples(
        ['isthmus conflicts list', 'what each side has, and what both had before'],
        ['isthmus conflicts resolve PRJ-01049 --keep psa --reason "renamed by the customer"', 'one record'],
        ['isthmus conflicts resolve --field Name --keep finops --reason "F&O is right" --yes', 'all that fit'],
      ),
    );
  for (const add of [addList, addResolve]) add(conflicts, session);
}
