import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../odata/index.js';
import type { Column, StoredRow, Table, Value } from '../store/index.js';
import { nextInSequence } from '../store/index.js';
import { associate } from './associations.js';
import type { Call } from './call.js';
import { demandPrivilege } from './caller.js';
import { prepareValues, replaceRow } from './keep-row.js';
import { idOf } from './keys.js';
import { demandAccess } from './ownership.js';
import type { Assigned } from './payload.js';
import { assignPayload } from './payload.js';
import { planOf } from './plan.js';
import { deepUpdate } from './refusals.js';

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
  demandPrivilege('Create', table.schema.model.name, call.switches);
  const plan = planOf(table, call);
  const values = [...plan.defaults];
  for (const [{ slot }, value] of key) values[slot] = value;
  const assigned = assign(values, payload, table, call);
  const primary = table.schema.key[0];
  if (primary) values[primary.slot] ??= randomUUID();
  if (plan.number && values[plan.number.column.slot] === null) {
    values[plan.number.column.slot] = nextInSequence(call.store, plan.number.prefix);
  }
  const row = table.insert(values, prepareValues(values, table, plan, assigned.given, call));
  addMembers(table, row, assigned, call);
  return row;
}

export function updateRow(table: Table, row: StoredRow, payload: JsonObject, call: Call): StoredRow {
  demandPrivilege('Write', table.schema.model.name, call.switches);
  demandAccess(table, row, call);
  const values = [...row.values];
  const { given, members } = assign(values, payload, table, call);
  const [collection] = members;
  if (collection) throw deepUpdate(table.schema, collection.navigation.name);
  const primary = table.schema.key[0];
  if (primary) values[primary.slot] = row.values[primary.slot] ?? null;
  return replaceRow(table, row, values, given, call);
}

const assign = (values: Value[], payload: JsonObject, table: Table, call: Call): Assigned =>
  assignPayload(values, payload, table, call, (target, nested) => idOf(target, createRow(target, nested, call)));

/** Creates the rows that were nested in a collection, and takes in those that it names. */
function addMembers(table: Table, row: StoredRow, { members }: Assigned, call: Call): void {
  for (const { navigation, payloads, ids } of members) {
    const target = call.store.tableOf(navigation.target);
    if (!target) continue;
    const created = payloads.map((payload) => idOf(target, createRow(target, payload, call)));
    for (const id of [...created, ...ids]) associate(call, table, row, navigation, id);
  }
}
