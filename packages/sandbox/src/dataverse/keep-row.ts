import type { Column, StoredRow, Table, Value } from '../store/index.js';
import { keyOf } from '../store/index.js';
import type { Call } from './call.js';
import type { Plan } from './plan.js';
import { join, planOf, stamp } from './plan.js';
import { duplicateFound, keyViolated, matchingKeyExists, mustNotBeNull } from './refusals.js';

/** Stores the new values of a row: signed, with what follows from them, and only if they are allowed. */
export function replaceRow(
  table: Table,
  row: StoredRow,
  values: Value[],
  given: ReadonlySet<number>,
  call: Call,
): StoredRow {
  const plan = planOf(table, call);
  const version = prepareValues(values, table, plan, given, call, row);
  return table.replace(row, values, version);
}

/** Changes a single lookup. */
export function relinkRow(table: Table, row: StoredRow, change: (values: Value[]) => void, call: Call): StoredRow {
  const values = [...row.values];
  change(values);
  const given = new Set(table.schema.columns.flatMap(({ slot }) => (values[slot] === row.values[slot] ? [] : slot)));
  return replaceRow(table, row, values, given, call);
}

/** Fills in what the platform works out, and refuses what may not be. @param own the row before, where there is one @returns the version */
export function prepareValues(
  values: Value[],
  table: Table,
  plan: Plan,
  given: ReadonlySet<number>,
  call: Call,
  own?: StoredRow,
): number {
  const version = stamp(values, plan, call, own === undefined);
  plan.money?.(values, given);
  join(values, plan);
  refuseMissing(values, table, plan);
  refuseDuplicate(values, table, own);
  refuseByRule(values, table, call, own);
  return version;
}

function refuseMissing(values: readonly Value[], table: Table, { required }: Plan): void {
  for (const column of required) if (values[column.slot] === null) throw mustNotBeNull(table.schema, column);
}

function refuseDuplicate(values: readonly Value[], table: Table, own?: StoredRow): void {
  const index = table.conflict(values, own);
  if (index) throw index === table.primary ? matchingKeyExists() : keyViolated(table.schema, index);
}

/** Duplicate detection, which a client must ask for. */
function refuseByRule(values: readonly Value[], table: Table, { request, switches }: Call, own?: StoredRow): void {
  if (request.headers['mscrm.suppressduplicatedetection']?.toLowerCase() !== 'false') return;
  const { model, byName } = table.schema;
  for (const rule of switches.duplicateRules) {
    if (rule.table !== model.name) continue;
    const columns = rule.columns.flatMap((name) => byName.get(name) ?? []);
    const [first] = columns;
    if (!first || columns.some(({ slot }) => (values[slot] ?? null) === null)) continue;
    for (const id of table.withValue(first, values[first.slot] ?? null)) {
      const other = id === own?.id ? undefined : table.byId(id);
      const same = ({ slot }: Column) => keyOf([other?.values[slot] ?? null]) === keyOf([values[slot] ?? null]);
      if (other && columns.every(same)) throw duplicateFound(switches.duplicateStatus);
    }
  }
}
