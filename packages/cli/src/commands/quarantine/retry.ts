import type { HeldFilter, StateStore } from '@isthmus/core';
import type { Command } from 'commander';
import { carryOut } from '../../carry-out.js';
import { cliErrors } from '../../errors.js';
import { filterFrom, withFilter, type FilterOptions } from '../../held/index.js';
import { examples } from '../../help.js';
import { counted } from '../../output/index.js';
import type { Session } from '../../session.js';
import { openStore, withWorkspace } from '../../workspace.js';

export function addRetry(quarantine: Command, session: Session): void {
  withFilter(quarantine.command('retry').summary('run just these'))
    .description(
      'Reads held records again and runs them, and what waits for them. A record that was dropped comes back.',
    )
    .argument('[key]', 'integration key or source id; without it, all that fit')
    .addHelpText(
      'after',
      examples(
        ['isthmus quarantine retry', 'all that is held'],
        ['isthmus quarantine retry PRJ-01049', 'one record'],
        ['isthmus quarantine retry --task projects --legal-entity USSI', 'some of them'],
      ),
    )
    .action((key: string | undefined, options: FilterOptions) =>
      withWorkspace(session, async (workspace) => {
        const store = await openStore(workspace);
        let integrations: string[];
        let filter: HeldFilter;
        let lifted: number;
        try {
          filter = await filterFrom(store, workspace, options, key === undefined ? {} : { key });
          lifted = key === undefined ? 0 : await liftDropped(store, { ...filter, key });
          integrations = [];
          for (const name of workspace.configuration.integrations.keys()) {
            if (options.integration !== undefined && options.integration !== name) continue;
            if (lifted > 0 || (await store.held.has({ ...filter, integration: name }))) integrations.push(name);
          }
          if (key !== undefined && integrations.length === 0) throw cliErrors.CLI_RECORD_UNKNOWN({ key });
          const details = { records: lifted || (await store.held.count(filter)) };
          const subject = Object.values(filter).flat().join(' ') || 'everything that is held';
          if (integrations.length > 0) await store.audit.append({ action: 'quarantine.retried', subject, details });
        } finally {
          await store.close();
        }
        if (integrations.length === 0) return session.output.print('No such record is held back.');
        if (lifted > 0) session.output.print(`${counted(lifted, 'record')} no longer dropped.`);
        await carryOut(session, workspace, { integrations, selection: lifted > 0 ? { key } : { held: filter } });
      }),
    );
}

/** @returns how many */
async function liftDropped({ rulings }: StateStore, filter: HeldFilter): Promise<number> {
  let lifted = 0;
  const { integration, integrations, task, legalEntity, key } = filter;
  const wanted = Object.entries({ integration, integrations, task, legalEntity, key }).filter(
    ([, value]) => value !== undefined,
  );
  for await (const page of rulings.list(Object.fromEntries(wanted))) {
    for (const ruling of page.filter(({ kind }) => kind === 'drop')) {
      await rulings.lift(ruling, [ruling.sourceId]);
      lifted++;
    }
  }
  return lifted;
}
