import type { HeldFilter, HeldOutline, HeldRecord, StateStore } from '@isthmus/core';
import { cliErrors } from '../errors.js';
import { counted, keptErrorText, readKeptError, type Output } from '../output/index.js';
import { causesOf, type Cause } from './causes.js';

export const CAUSES_SHOWN = 20;

/** Stable shape of a held record in JSON. */
export function recordLine(record: HeldOutline) {
  const { integration, task, state, key, sourceId, legalEntity, code, errors, waitsFor, attempts, since, runId } =
    record;
  const line = { integration, task, state, key, sourceId, legalEntity, code, errors, waitsFor: waitsFor ?? null };
  return { ...line, attempts, since, run: runId };
}

export async function printLines(
  output: Output,
  { held }: StateStore,
  filter: HeldFilter,
  limit: number,
): Promise<void> {
  let left = limit;
  for await (const page of held.outlines(filter)) {
    for (const record of page.slice(0, left)) output.printJson(recordLine(record));
    left -= page.length;
    if (left <= 0) return;
  }
}

/** Every record with the key; the same key may stand in several tasks. */
export async function recordsWith({ held }: StateStore, filter: HeldFilter, key: string): Promise<HeldRecord[]> {
  const found: HeldRecord[] = [];
  for await (const page of held.list({ ...filter, key })) found.push(...page);
  if (found.length === 0) throw cliErrors.CLI_RECORD_UNKNOWN({ key });
  return found;
}

export async function showRecord(output: Output, store: StateStore, record: HeldRecord): Promise<void> {
  const { bold, dim } = output.styles;
  const { key, sourceId, integration, task, state, attempts, since, runId, errors, source, mapped = {} } = record;
  const edit = (await store.rulings.get(record, [sourceId])).get(sourceId);
  output.printJson({ ...recordLine(record), source, mapped: record.mapped ?? null, edit: edit ?? null });
  output.print(`${bold(key || sourceId)}  ${integration} / ${task}  ${state}`);
  output.print(dim(`source id ${sourceId}, since ${since}, ${counted(attempts, 'attempt')}, last in run ${runId}`));
  for (const error of errors) output.print(`\n${keptErrorText(readKeptError(error))}`);
  output.print(`\n${bold('Source row')}\n${JSON.stringify(source, null, 2)}`);
  output.print(`\n${bold('Mapped row')}\n${JSON.stringify(mapped, null, 2)}`);
  if (edit) {
    output.print(`\n${bold('Edited')} ${dim(`by ${edit.by}, ${edit.at}: ${edit.reason}`)}`);
    output.print(JSON.stringify(edit.fields, null, 2));
  }
}

export async function showCauses(
  output: Output,
  { held }: StateStore,
  filter: HeldFilter,
  limit: number,
): Promise<void> {
  const causes = await causesOf(held.outlines(filter), () => held.outlines({}));
  if (causes.length === 0) return output.print('No records are held back.');
  const shown = causes.slice(0, limit);
  for (const cause of shown) showCause(output, cause);
  if (causes.length > shown.length)
    output.print(`and ${counted(causes.length - shown.length, 'more cause')} (--limit)`);
}

function showCause(output: Output, cause: Cause): void {
  const { bold, dim, red, yellow } = output.styles;
  const { integration, task, code, field, message, example, remedy, count, behind, keys, waitsFor } = cause;
  const accent = waitsFor ? yellow : red;
  const all = count > 0 ? count : behind;
  const more = all > keys.length ? `, and ${all - keys.length} more` : '';
  const hanging = count > 0 && behind > 0 ? `, ${counted(behind, 'record')} behind` : '';
  output.print(`${accent(bold(code))}  ${counted(all, 'record')} of ${integration} / ${task}${hanging}`);
  output.print(`  ${message}`);
  if (example) output.print(`  ${dim('such as')}  ${example}`);
  if (field) output.print(`  ${dim('field')}    ${field}`);
  output.print(`  ${dim('records')}  ${keys.join(', ')}${more}`);
  if (remedy) output.print(`  ${dim('remedy')}   ${remedy}`);
  output.print();
}
