import type { JsonObject, ODataResponse } from '../odata/index.js';
import { readJson } from '../odata/index.js';
import type { Column, StoredRow, Table } from '../store/index.js';
import type { Call } from './call.js';
import { applied, json, noContent } from './call.js';
import type { Address } from './keys.js';
import { etagOf, idOf, mustExist } from './keys.js';
import { entityBody, queryOptions } from './reads.js';
import { matchingKeyExists, versionMismatch } from './refusals.js';
import { deleteRow } from './remove.js';
import { createRow, updateRow } from './rows.js';

/** `POST /{set}`. */
export function create(call: Call, table: Table): ODataResponse {
  const row = createRow(table, readJson(call.request.body), call);
  const url = entityUrl(call, table, row);
  if (!returnsRow(call)) return noContent({ 'odata-entityid': url, location: url });
  return representation(call, table, row, 201, { location: url });
}

/** `PATCH /{set}({key})`: update or, without a condition, create. */
export function upsert(call: Call, table: Table, address: Address): ODataResponse {
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = call.request.headers;
  const payload = readJson(call.request.body);
  if (ifMatch !== undefined) demandVersion(call, mustExist(table, address));
  if (ifNoneMatch === '*' && address.row) throw matchingKeyExists();
  const row = writeAt(call, table, address, payload);
  if (returnsRow(call)) return representation(call, table, row, address.row ? 200 : 201);
  return noContent({ 'odata-entityid': addressUrl(call) });
}

/** Key columns in the payload cannot rename the row that they found. */
export function writeAt(
  call: Call,
  table: Table,
  { row, values, byPrimaryKey }: Address,
  payload: JsonObject,
): StoredRow {
  if (!row) return createRow(table, payload, call, values);
  if (byPrimaryKey) return updateRow(table, row, payload, call);
  const keys = new Set(values.flatMap(([column]) => namesOf(column)));
  const rest = Object.fromEntries(Object.entries(payload).filter(([name]) => !keys.has(name.split('@')[0] ?? '')));
  return updateRow(table, row, rest, call);
}

/** By which a payload gives the column a value: a lookup goes by its navigation properties. */
const namesOf = ({ name, lookup }: Column): string[] =>
  lookup ? lookup.targets.map(({ navigation }) => navigation) : [name];

/** `PUT` or `DELETE` on a single property. */
export function writeProperty(call: Call, table: Table, row: StoredRow, property: string): ODataResponse {
  demandVersion(call, row);
  const value = call.request.method === 'DELETE' ? null : readJson(call.request.body).value;
  updateRow(table, row, { [property]: value }, call);
  return noContent();
}

export function remove(call: Call, table: Table, row: StoredRow): ODataResponse {
  demandVersion(call, row);
  deleteRow(table, row, call);
  return noContent();
}

/** Refuses where the client knows the row in another version. */
function demandVersion({ request }: Call, row: StoredRow): void {
  const { 'if-match': ifMatch = '*' } = request.headers;
  if (ifMatch !== '*' && ifMatch !== etagOf(row)) throw versionMismatch();
}

const returnsRow = (call: Call): boolean => call.preferences.get('return') === 'representation';

function representation(
  call: Call,
  table: Table,
  row: StoredRow,
  status: number,
  headers: Record<string, string> = {},
): ODataResponse {
  // An update gives back the row alone, whatever else the client would like to see.
  const { expand, ...rest } = queryOptions(call, table.schema);
  const options = { ...rest, expand: status === 201 ? expand : [] };
  return json(call, status, entityBody(call, table, row, options, true), {
    ...headers,
    etag: etagOf(row),
    ...applied(call, 'return', 'odata.include-annotations'),
  });
}

export const entityUrl = (call: Call, table: Table, row: StoredRow): string =>
  `${call.root}${table.schema.model.set}(${idOf(table, row)})`;

/** The URL that the row was written under, with its key as it was given. */
function addressUrl({ root, target }: Call): string {
  const key = (target.key ?? []).map(({ name, literal }) =>
    name === undefined ? literal : `${name}=${encodeURIComponent(literal).replaceAll('%27', "'")}`,
  );
  return `${root}${target.set}(${key.join(',')})`;
}
