import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../odata/index.js';
import type { Column, StoredRow, Table, Value } from '../store/index.js';
import { keyOf, nextInSequence } from '../store/index.js';
import { assignLookup } from './binds.js';
import type { Call } from './call.js';
import { idOf } from './keys.js';
import type { Assigned } from './payload.js';
import { assignPayload } from './payload.js';
import type { Plan } from './plan.js';
import { join, planOf, stamp } from './plan.js';
import { duplicateFound, keyViolated, matchingKeyExists, mustNotBeNull } from './refusals.js';

/**
 * Creates a row, and the rows nested in its payload.
 *
 * @param key values of the address that it was asked for under; the payload wins over them
 */
export function createRow(
  table: Table,
  payload: JsonObject,
  call: Call,
  key: readonly (readonly [Column, Value])[] = [],
): StoredRow {
  const plan = planOf(table, call.store);
  const values = [...plan.defaults];
  for (const [{ slot }, value] of key) values[slot] = value;
  const assigned = assign(values, payload, table, call);
  const primary = table.schema.key[0];
  if (primary) values[primary.slot] ??= randomUUID();
  if (plan.number && values[plan.number.column.slot] === null) {
    values[plan.number.column.slot] = nextInSequence(call.store, plan.number.prefix);
  }
  const version = stamp(values, plan, call, true);
  plan.money?.(values, assigned.given);
  join(values, plan);
  refuseMissing(values, table, plan);
  refuseDuplicate(values, table);
  refuseByRule(values, table, call);
  const row = table.insert(values, version);
  createChildren(table, row, assigned, call);
  return row;
}

export function updateRow(table: Table, row: StoredRow, payload: JsonObject, call: Call): StoredRow {
  const plan = planOf(table, call.store);
  const values = [...row.values];
  const assigned = assign(values, payload, table, call);
  const primary = table.schema.key[0];
  if (primary) values[primary.slot] = row.values[primary.slot] ?? null;
  return store(table, row, values, assigned, plan, call);
}

/** Changes a single lookup. */
export function relinkRow(table: Table, row: StoredRow, change: (values: Value[]) => void, call: Call): StoredRow {
  const values = [...row.values];
  change(values);
  const given = new Set(table.schema.columns.flatMap(({ slot }) => (values[slot] === row.values[slot] ? [] : slot)));
  return store(table, row, values, { given, children: [] }, planOf(table, call.store), call);
}

function store(table: Table, row: StoredRow, values: Value[], assigned: Assigned, plan: Plan, call: Call): StoredRow {
  const version = stamp(values, plan, call, false);
  plan.money?.(values, assigned.given);
  join(values, plan);
  refuseMissing(values, table, plan);
  refuseDuplicate(values, table, row);
  refuseByRule(values, table, call, row);
  return table.replace(row, values, version);
}

const assign = (values: Value[], payload: JsonObject, table: Table, call: Call): Assigned =>
  assignPayload(values, payload, table, call, (target, nested) => idOf(target, createRow(target, nested, call)));

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

function createChildren(table: Table, row: StoredRow, { children }: Assigned, call: Call): void {
  for (const { navigation, payloads } of children) {
    const target = call.store.tableOf(navigation.target);
    if (!target) continue;
    for (const payload of payloads) {
      const child = createRow(target, payload, call);
      relinkRow(
        target,
        child,
        (values) => assignLookup(values, { ...navigation, kind: 'one', target: table.schema }, idOf(table, row)),
        call,
      );
    }
  }
}
