import type { PlanAction, PlanEntry } from '@isthmus/sync';
import { count, counted } from '../output/index.js';
import { fieldsText, TOTALS } from './human.js';
import type { TaskOutline } from './outline.js';
import { conflictTexts, nameOf, summary, valueText } from './words.js';

/** The plan as a document for whoever has to agree to it. */
export function markdownOf(tasks: readonly TaskOutline[]): string {
  const totals = tasks.flatMap((task) => task.totals ?? []);
  const head = ['integration', 'task', ...TOTALS.map(([, title]) => title)];
  const rows = totals.map((task) => [task.integration, task.task, ...TOTALS.map(([name]) => count(task[name]))]);
  return ['# Plan', summary(totals), tableOf(head, rows, 2), ...tasks.flatMap(taskSections)].join('\n\n');
}

function taskSections({ integration, task, kinds, causes, conflicts }: TaskOutline): string[] {
  const sections = [
    section(kinds, 'create', ['Record', 'Fields'], (entry) =>
      entry.action === 'create' ? [[nameOf(entry), fieldsText(entry)]] : [],
    ),
    section(kinds, 'update', CHANGES, changesIn),
    section(kinds, 'delete', ['Record'], (entry) => [[nameOf(entry)]]),
    section(kinds, 'deactivate', CHANGES, changesIn),
  ].flat();
  if (conflicts.count > 0) {
    const rows = conflicts.first.map((conflict) => {
      const { before, sides, verdict } = conflictTexts(conflict);
      return [nameOf(conflict.entry), conflict.field, before, sides, verdict];
    });
    sections.push(`### Changed on both sides (${count(conflicts.count)})`, tableOf(CONFLICT, rows));
    sections.push(...more(conflicts.count - rows.length, 'field'));
  }
  if (causes.size > 0) {
    const rows = [...causes.values()].map(({ code, message, remedy, records, count: all }) => [
      code,
      count(all),
      `${message} ${remedy}`.trim(),
      records.join(', ') + (all > records.length ? ', …' : ''),
    ]);
    sections.push('### Kept back', tableOf(['Cause', 'Records', 'Why, and what to do', 'Which'], rows));
  }
  return sections.length > 0 ? [`## ${integration} / ${task}`, ...sections] : [];
}

const CONFLICT = ['Record', 'Field', 'Before', 'Now', 'What holds'];
const CHANGES = ['Record', 'Field', 'Old', 'New'];

const changesIn = (entry: PlanEntry): string[][] =>
  'changes' in entry
    ? Object.entries(entry.changes).map(([field, { from, to }]) => [
        nameOf(entry),
        field,
        valueText(from),
        valueText(to),
      ])
    : [];

const TITLES: Partial<Record<PlanAction, string>> = {
  create: 'Create',
  update: 'Update',
  delete: 'Delete',
  deactivate: 'Deactivate',
};

function section(
  kinds: TaskOutline['kinds'],
  action: PlanAction,
  head: readonly string[],
  rowsOf: (entry: PlanEntry) => string[][],
): string[] {
  const kind = kinds.get(action);
  if (!kind) return [];
  return [
    `### ${TITLES[action]} (${count(kind.count)})`,
    tableOf(head, kind.first.flatMap(rowsOf)),
    ...more(kind.count - kind.first.length, 'record'),
  ];
}

const more = (hidden: number, noun: string): string[] =>
  hidden > 0 ? [`… and ${counted(hidden, `more ${noun}`)}; all of them are in the plan file.`] : [];

/** @param texts how many columns from the left are no numbers; all of them unless given */
function tableOf(head: readonly string[], rows: readonly (readonly string[])[], texts = head.length): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`;
  const rule = `|${head.map((_, i) => (i < texts ? ' --- ' : ' ---: ')).join('|')}|`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

const escaped = (text: string): string => text.replace(/[\\|<>*`[\]]/g, (character) => `\\${character}`);
