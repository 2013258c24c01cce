import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../odata/index.js';
import type { Column, Store, StoredRow, Table, Value } from '../store/index.js';
import { nextInSequence } from '../store/index.js';
import { assignLookup } from './binds.js';
import type { Call } from './call.js';
import { idOf } from './keys.js';
import type { ComputeMoney } from './money.js';
import { compileMoney } from './money.js';
import type { Assigned } from './payload.js';
import { assignPayload } from './payload.js';
import { keyViolated, matchingKeyExists, mustNotBeNull } from './refusals.js';

/** Tables whose number the system gives where the client does not. */
const NUMBERED: Readonly<Record<string, { readonly column: string; readonly prefix: string }>> = {
  salesorder: { column: 'ordernumber', prefix: 'ORD' },
  msdyn_project: { column: 'msdynce_projectnumber', prefix: 'PRJ' },
};

/** What writing into one table needs, looked up once. */
interface Plan {
  readonly money: ComputeMoney | undefined;
  readonly number: { readonly column: Column; readonly prefix: string } | undefined;
  readonly required: readonly Column[];
  readonly defaults: readonly Value[];
  readonly created: Column | undefined;
  readonly modified: Column | undefined;
  readonly version: Column | undefined;
}

const plans = new WeakMap<Table, Plan>();

function planOf(table: Table, store: Store): Plan {
  const known = plans.get(table);
  if (known) return known;
  const { schema } = table;
  const number = NUMBERED[schema.model.name];
  const numbered = number && schema.byName.get(number.column);
  const defaults = new Array<Value>(schema.width).fill(null);
  for (const { slot, default: value } of schema.columns) defaults[slot] = value ?? null;
  const plan: Plan = {
    money: compileMoney(schema, store),
    number: number && numbered && { column: numbered, prefix: number.prefix },
    required: schema.columns.filter(({ required, readOnly }) => required === 'systemrequired' && !readOnly),
    defaults,
    created: schema.byName.get('createdon'),
    modified: schema.byName.get('modifiedon'),
    version: schema.byName.get('versionnumber'),
  };
  plans.set(table, plan);
  return plan;
}

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
  refuseMissing(values, table, plan);
  refuseDuplicate(values, table);
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
  refuseMissing(values, table, plan);
  refuseDuplicate(values, table, row);
  return table.replace(row, values, version);
}

const assign = (values: Value[], payload: JsonObject, table: Table, call: Call): Assigned =>
  assignPayload(values, payload, table, call, (target, nested) => idOf(target, createRow(target, nested, call)));

function stamp(values: Value[], { created, modified, version }: Plan, call: Call, isNew: boolean): number {
  const now = `${new Date().toISOString().slice(0, 19)}Z`;
  const next = call.store.nextVersion();
  if (created && isNew) values[created.slot] = now;
  if (modified) values[modified.slot] = now;
  if (version) values[version.slot] = String(next);
  return next;
}

function refuseMissing(values: readonly Value[], table: Table, { required }: Plan): void {
  for (const column of required) if (values[column.slot] === null) throw mustNotBeNull(table.schema, column);
}

function refuseDuplicate(values: readonly Value[], table: Table, own?: StoredRow): void {
  const index = table.conflict(values, own);
  if (index) throw index === table.primary ? matchingKeyExists() : keyViolated(table.schema, index);
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
