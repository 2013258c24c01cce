import type { Expression, ODataResponse, QueryOptions, Search } from '../odata/index.js';
import {
  candidates,
  compileFilter,
  compileOrder,
  countRows,
  findIds,
  listBody,
  rowsWithIds,
  pageSize,
  parseExpression,
  readOptions,
  resultKey,
  scan,
} from '../odata/index.js';
import type { StoredRow, Table } from '../store/index.js';
import type { Call } from './call.js';
import { json } from './call.js';
import { allOf, seenRows } from './companies.js';
import { etagOf } from './etag.js';
import { refuseDeepExpand } from './expand.js';
import { nextLink, pathOf, readToken } from './page-link.js';
import { badRequest } from './refusals.js';
import { shapeOf } from './row-writer.js';

const KNOWN_OPTIONS = new Set(['$select', '$filter', '$orderby', '$top', '$skip', '$expand', '$count', '$format']);

export function queryOptions(call: Call): QueryOptions {
  for (const name of call.target.parameters.keys()) {
    const known = KNOWN_OPTIONS.has(name) || (name === '$skiptoken' && call.switches.pageLinks === 'token');
    if (name.startsWith('$') && !known) throw badRequest(`The query parameter '${name}' is not supported.`);
  }
  const options = readOptions(call.target.parameters);
  refuseDeepExpand(options.expand);
  return options;
}

/** `GET /{set}`, or a collection that a row leads to: a page of rows; the next link counts on with `$skip`. */
export function readCollection(call: Call, table: Table, within?: Expression): ODataResponse {
  const options = queryOptions(call);
  const token = call.target.parameters.get('$skiptoken');
  const { top = Infinity, skip = 0 } = token === undefined ? options : readToken(token);
  const search = searchFor(call, table, options, within);
  const honoured = call.switches.maxPageSizePreference === 'honoured';
  const size = honoured ? pageSize(call.preferences, call.maxPageSize) : call.maxPageSize;
  const { rows, more } = page(call, search, skip, Math.min(top, size), options.count);
  const write = call.writers.for(table.schema, options, call);
  const before = [`"@odata.context":${JSON.stringify(`${call.root}$metadata#${shapeOf(table.schema, options)}`)}`];
  if (options.count) before.push(`"@odata.count":${countMatches(call, search)}`);
  const after: string[] = [];
  if (more && top > size)
    after.push(`"@odata.nextLink":${JSON.stringify(nextLink(call, { skip: skip + size, top: top - size }))}`);
  return json(call, 200, listBody(before, rows.map(write), after));
}

function searchFor(call: Call, table: Table, { filter, orderBy }: QueryOptions, within?: Expression): Search {
  const { schema } = table;
  const order = orderBy.length > 0 ? compileOrder(orderBy, schema, call.scope) : undefined;
  const asked = filter === undefined ? undefined : parseExpression(filter, call.target.parameters);
  const expression = allOf([seenRows(call, schema), within, asked]);
  if (!expression) return { table, order };
  const matches = compileFilter(expression, schema, call.scope);
  return { table, matches, within: candidates(expression, table), order };
}

interface Page {
  readonly rows: StoredRow[];
  readonly more: boolean;
}

function page(call: Call, search: Search, skip: number, size: number, whole: boolean): Page {
  if (search.order || (search.matches && (skip > 0 || whole))) {
    const ids = foundIds(call, search);
    const rows = rowsWithIds(search.table, ids.slice(skip, skip + size));
    return { rows, more: skip + size < ids.length };
  }
  const { table } = search;
  const gapless = table.pages.length === table.size;
  let ahead = gapless ? 0 : skip;
  const rows: StoredRow[] = [];
  for (const row of scan(search, gapless ? skip : 0)) {
    if (ahead-- > 0) continue;
    if (rows.length === size) return { rows, more: true };
    rows.push(row);
  }
  return { rows, more: false };
}

/** All that a query finds, kept for its next pages until something is written. */
function foundIds(call: Call, search: Search): readonly number[] {
  const companies = call.crossCompany ? call.user.companies?.join() : call.user.company;
  const key = resultKey(pathOf(call), call.target.parameters, companies, String(call.crossCompany));
  const { version } = call.store;
  const kept = call.results.get(key);
  if (kept?.version === version) return kept.ids;
  return call.results.set(key, { version, ids: findIds(search) }).ids;
}

const countMatches = (call: Call, search: Search): number =>
  search.matches ? foundIds(call, search).length : countRows(search);

export function readCount(call: Call, table: Table): ODataResponse {
  const count = countMatches(call, searchFor(call, table, queryOptions(call)));
  return { status: 200, headers: { 'content-type': 'text/plain', 'odata-version': '4.0' }, body: String(count) };
}

export function readRow(call: Call, table: Table, row: StoredRow): ODataResponse {
  const etag = etagOf(row, table.schema);
  if (call.request.headers['if-none-match'] === etag) return { status: 304, headers: { 'odata-version': '4.0', etag } };
  return json(call, 200, entityBody(call, table, row), { etag });
}

export function entityBody(call: Call, table: Table, row: StoredRow): string {
  const options = queryOptions(call);
  const context = `${call.root}$metadata#${shapeOf(table.schema, options)}/$entity`;
  return `{"@odata.context":${JSON.stringify(context)},${call.writers.for(table.schema, options, call)(row).slice(1)}`;
}
