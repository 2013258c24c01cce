import type { JsonObject, ODataResponse } from '../odata/index.js';
import { readJson } from '../odata/index.js';
import type { StoredRow, Table, Value } from '../store/index.js';
import type { Call } from './call.js';
import { json, noContent } from './call.js';
import { Draft } from './draft.js';
import { etagOf } from './etag.js';
import { entityBody } from './reads.js';
import { describeKey } from './field-label.js';
import { alreadyExists, badRequest, hasDependents, noRowForUpdate, rowRefused, updateConflict } from './refusals.js';
import { entityAddress } from './row-writer.js';
import { Entry } from './rows.js';
import type { EntityRules } from './rules/index.js';
import { rulesBySet } from './rules/index.js';
import { requireCompanyOf } from './security.js';
import { USUAL_USER, type User } from './users.js';
import { validate } from './validation.js';
import { blankOf, decodeValue } from './values.js';

const rulesOf = ({ schema }: Table): EntityRules => rulesBySet[schema.model.set] ?? {};

/** What a write needs, whichever way it comes in; the application's own writes have no user. */
export type World = Pick<Call, 'store' | 'enums' | 'switches'> & Partial<Pick<Call, 'user'>>;

/** `POST /{set}`. */
export function create(call: Call, table: Table): ODataResponse {
  const row = insertRow(call, table, readJson(call.request.body));
  const location = call.root + entityAddress(table.schema, row);
  return json(call, 201, entityBody(call, table, row), { location, etag: etagOf(row, table.schema) });
}

/** `PATCH` or `PUT` of one row: never creates. */
export function update(call: Call, table: Table, found: StoredRow | undefined): ODataResponse {
  const row = mayChange(call, table, found);
  changeRow(call, table, row, readJson(call.request.body));
  return noContent();
}

/** initValue, set fields, validateField, defaultRow, validateWrite, write. */
export function insertRow(world: World, table: Table, payload: JsonObject): StoredRow {
  const { schema } = table;
  const { user = USUAL_USER } = world;
  const values = schema.columns.map((column) =>
    column.name === 'dataAreaId' ? user.company : blankOf(column, world.enums),
  );
  const draft = assign(world, table, values, payload, true);
  requireOwnCompany(draft, user);
  validate(draft, rulesOf(table), user.company);
  if (table.conflict(values)) throw alreadyExists(schema.model, describeKey(table, values));
  const row = table.insert(values, 1);
  world.store.nextVersion();
  rulesOf(table).written?.(draft, row);
  return row;
}

export function changeRow(world: World, table: Table, row: StoredRow, payload: JsonObject): StoredRow {
  const draft = assign(world, table, [...row.values], payload, false);
  for (const { slot } of table.schema.key) draft.values[slot] = row.values[slot] ?? null;
  const { user = USUAL_USER } = world;
  requireOwnCompany(draft, user);
  validate(draft, rulesOf(table), user.company);
  const written = table.replace(row, draft.values, world.store.nextVersion());
  rulesOf(table).written?.(draft, written);
  return written;
}

/** checkRestrictedDeleteActions, validateDelete, delete. */
export function remove(call: Call, table: Table, found: StoredRow | undefined): ODataResponse {
  const row = mayChange(call, table, found);
  const { dependents = [], becomes, removing } = rulesOf(table);
  for (const { set, field, label } of dependents) {
    if (isReferred(call, table, row, set, field)) throw hasDependents(table.schema.model, label);
  }
  removing?.(call.store, new Entry(row, table.schema), table.schema.model);
  const result = becomes === undefined ? undefined : call.store.table(becomes);
  const derived = result?.byKey(...keyValues(table, row.values));
  if (result && derived) result.remove(derived, call.store.nextVersion());
  table.remove(row, call.store.nextVersion());
  return noContent();
}

function mayChange(call: Call, table: Table, row: StoredRow | undefined): StoredRow {
  if (!row) throw noRowForUpdate(call.switches.missingOnWriteStatus);
  const ifMatch = call.request.headers['if-match'];
  if (ifMatch !== undefined && ifMatch !== '*' && ifMatch !== etagOf(row, table.schema)) {
    throw updateConflict(table.schema.model, describeKey(table, row.values), call.switches.staleStatus);
  }
  refuseReadOnly(table);
  return row;
}

function requireOwnCompany({ table, company }: Draft, user: User): void {
  if (table.schema.model.perCompany) requireCompanyOf(user, company);
}

function refuseReadOnly({ schema: { model } }: Table): void {
  if (model.readOnly)
    throw rowRefused(model, 'Error', `Records of ${model.label} cannot be changed through this entity.`);
}

function assign(world: World, table: Table, values: Value[], payload: JsonObject, isNew: boolean): Draft {
  refuseReadOnly(table);
  const given = setFields(world, table, values, payload);
  return new Draft(table, world.store, values, given, isNew);
}

function setFields(world: World, { schema }: Table, values: Value[], payload: JsonObject): Set<number> {
  const given = new Set<number>();
  for (const name in payload) {
    if (name.includes('@')) continue;
    const column = schema.byName.get(name);
    if (!column) {
      throw badRequest(
        `The property '${name}' does not exist on type 'Microsoft.Dynamics.DataEntities.${schema.model.name}'. ` +
          'Make sure to only use property names that are defined by the type.',
      );
    }
    if (column.readOnly) continue;
    values[column.slot] = decodeValue(payload[name], column, schema, world);
    given.add(column.slot);
  }
  return given;
}

function isReferred({ store }: Call, table: Table, row: StoredRow, set: string, field: string): boolean {
  const related = store.table(set);
  const column = related?.schema.byName.get(field);
  const company = related?.schema.byName.get('dataAreaId');
  const [own, value] = keyValues(table, row.values);
  if (!related || !column || !company || value === undefined) return false;
  for (const id of related.withValue(column, value)) if (related.byId(id)?.values[company.slot] === own) return true;
  return false;
}

const keyValues = ({ schema }: Table, values: readonly Value[]): Value[] =>
  schema.key.map(({ slot }) => values[slot] ?? null);
