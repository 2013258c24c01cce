import type { UserUsage } from '@isthmus/sandbox';
import type { Command } from 'commander';
import { table } from '../../output/index.js';
import type { Session } from '../../session.js';
import { Controls, withUrl, type ControlOptions } from './controls.js';

export function addUsage(sandbox: Command, session: Session): void {
  withUrl(
    sandbox
      .command('usage')
      .summary('what each user has asked of Dataverse in 24 hours')
      .description(
        'Lists how many operations each user has asked of Dataverse in the last 24 hours: those of batches and the rows of ' +
          'bulk messages one by one, and the limit where the sandbox has one.',
      ),
  ).action(async (options: ControlOptions) => {
    const { output } = session;
    const users = await (await Controls.find(session, options)).get<UserUsage[]>('usage');
    output.printJson(users);
    if (users.length === 0) return output.print('Nobody has asked for anything.');
    const columns = [
      { title: 'user', value: ({ user }: UserUsage) => user },
      { title: 'operations', align: 'right' as const, value: ({ operations }: UserUsage) => operations },
      { title: 'limit', align: 'right' as const, value: ({ limit }: UserUsage) => limit ?? 'none' },
    ];
    output.print(table(columns, users, output.styles.dim));
  });
}
