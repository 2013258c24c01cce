import type { PlanAction, PlanEntry, PlanTotals } from '@isthmus/sync';
import { count, counted, table, type Output } from '../output/index.js';
import type { TaskOutline } from './outline.js';
import { conflictTexts, nameOf, summary, valueText } from './words.js';

const SHOWN: readonly { readonly action: PlanAction; readonly mark: string; readonly what: string }[] = [
  { action: 'create', mark: '+', what: 'to create' },
  { action: 'update', mark: '~', what: 'to update' },
  { action: 'delete', mark: '-', what: 'to delete' },
  { action: 'deactivate', mark: '-', what: 'to deactivate' },
];

/** Fields of a new row that are shown; all of them are in the plan. */
const FIELDS = 4;

/** The plan for a terminal. */
export function printPlan(output: Output, tasks: readonly TaskOutline[]): void {
  for (const task of tasks) printTask(output, task);
  const totals = tasks.flatMap((task) => task.totals ?? []);
  output.print(`\n${totalsTable(totals, output.styles.dim)}`);
  output.print(`\n${output.styles.bold(summary(totals))}`);
}

function printTask(output: Output, { integration, task, kinds, causes, conflicts }: TaskOutline): void {
  const { bold, green, yellow, red, dim } = output.styles;
  const accents: Partial<Record<PlanAction, (text: string) => string>> = {
    create: green,
    update: yellow,
    delete: red,
    deactivate: red,
  };
  if (causes.size === 0 && conflicts.count === 0 && !SHOWN.some(({ action }) => kinds.has(action))) return;
  output.print(`\n${bold(`${integration} / ${task}`)}`);
  for (const { action, mark, what } of SHOWN) {
    const kind = kinds.get(action);
    if (!kind) continue;
    for (const entry of kind.first) printEntry(output, entry, (accents[action] ?? String)(mark));
    const more = kind.count - kind.first.length;
    if (more > 0) output.print(dim(`  … and ${count(more)} more ${what} (see --limit, --json or --out)`));
  }
  for (const conflict of conflicts.first) {
    const { before, sides, verdict } = conflictTexts(conflict);
    output.print(
      `  ${yellow('≠')} ${nameOf(conflict.entry)}  ${conflict.field}: ${sides} ${dim(`(before: ${before})`)}  ${verdict}`,
    );
  }
  const hidden = conflicts.count - conflicts.first.length;
  if (hidden > 0) output.print(dim(`  … and ${counted(hidden, 'more field')} (see --limit, --json or --out)`));
  for (const { action, code, message, remedy, records, count: all } of causes.values()) {
    const accent = action === 'defer' ? yellow : red;
    const more = all > records.length ? `, and ${count(all - records.length)} more` : '';
    output.print(`  ${accent('!')} ${accent(code)}  ${counted(all, 'record')}  ${message}`);
    output.print(dim(`      ${records.join(', ')}${more}`));
    if (remedy) output.print(dim(`      ${remedy}`));
  }
}

function printEntry(output: Output, entry: PlanEntry, mark: string): void {
  const { dim } = output.styles;
  output.print(`  ${mark} ${nameOf(entry)}${entry.action === 'create' ? `  ${dim(fieldsText(entry))}` : ''}`);
  if (entry.action !== 'update' && entry.action !== 'deactivate') return;
  for (const [field, { from, to }] of Object.entries(entry.changes)) {
    output.print(`      ${field}: ${dim(valueText(from))} → ${valueText(to)}`);
  }
}

/** The first few that say something which the record's name does not. */
export function fieldsText({ fields, record }: PlanEntry & { action: 'create' }): string {
  const given = Object.entries(fields).filter(([, value]) => value !== null && value !== '' && value !== record);
  const shown = given.slice(0, FIELDS).map(([name, value]) => `${name}: ${valueText(value)}`);
  return [...shown, ...(given.length > FIELDS ? ['…'] : [])].join(', ');
}

type Totals = PlanTotals['totals'];

/** In the order of the table's columns. */
export const TOTALS = [
  ['read', 'read'],
  ['created', 'create'],
  ['updated', 'update'],
  ['deleted', 'delete'],
  ['unchanged', 'unchanged'],
  ['filtered', 'filtered'],
  ['deferred', 'deferred'],
  ['quarantined', 'quarantined'],
  ['requests', 'requests'],
] as const satisfies readonly (readonly [keyof Totals, string])[];

function totalsTable(totals: readonly Totals[], dim: (text: string) => string): string {
  return table<Totals>(
    [
      { title: 'integration', value: ({ integration }) => integration },
      { title: 'task', value: ({ task }) => task },
      ...TOTALS.map(([name, title]) => ({
        title,
        align: 'right' as const,
        value: (task: Totals) => (task[name] === 0 ? dim('0') : count(task[name])),
      })),
    ],
    totals,
    dim,
  );
}
