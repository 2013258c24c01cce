import type { RcFile } from './rc-file.js';

/** The released templates, by the name of their entry in the rc file that tests write. */
const ENTRIES = {
  contracts: { plugin: '@isthmus/plugin-contracts', template: 'projects-and-contracts' },
  tasks: { plugin: '@isthmus/plugin-tasks', template: 'project-tasks' },
  hours: { plugin: '@isthmus/plugin-estimates', template: 'hour-estimates' },
  expenses: { plugin: '@isthmus/plugin-estimates', template: 'expense-estimates' },
  actuals: { plugin: '@isthmus/plugin-actuals', template: 'actuals' },
  categories: { plugin: '@isthmus/plugin-expense-categories', template: 'expense-categories' },
  update: { plugin: '@isthmus/plugin-actuals-update', template: 'actuals-update' },
} as const;

export type Entry = keyof typeof ENTRIES;

/** Writes an rc file with exactly these templates, in this order. */
export function install(rc: RcFile, ...entries: readonly Entry[]): void {
  rc.plugins = [...new Set(entries.map((entry) => ENTRIES[entry].plugin))];
  rc.integrations = Object.fromEntries(
    entries.map((entry) => [entry, { template: ENTRIES[entry].template, connectionSet: 'main' }]),
  );
}
