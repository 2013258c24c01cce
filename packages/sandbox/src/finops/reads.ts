import type { Expression, ODataResponse, QueryOptions, Search } from '../odata/index.js';
import {
  candidates,
  compileFilter,
  compileOrder,
  countRows,
  findRows,
  pageSize,
  parseExpression,
  readOptions,
  scan,
} from '../odata/index.js';
import type { StoredRow, Table } from '../store/index.js';
import type { Call } from './call.js';
import { DEFAULT_COMPANY, etagOf, json } from './call.js';
import { badRequest } from './refusals.js';
import { shapeOf } from './row-writer.js';

const KNOWN_OPTIONS = new Set(['$select', '$filter', '$orderby', '$top', '$skip', '$expand', '$count', '$format']);

export function queryOptions(call: Call): QueryOptions {
  for (const name of call.target.parameters.keys()) {
    if (name.startsWith('$') && !KNOWN_OPTIONS.has(name))
      throw badRequest(`The query parameter '${name}' is not supported.`);
  }
  const options = readOptions(call.target.parameters);
  if (options.expand.some((item) => item.options.expand.length > 0))
    throw badRequest('Only the first level of $expand is supported.');
  return options;
}

/** `GET /{set}`: a page of rows; the next link counts on with `$skip`. */
export function readCollection(call: Call, table: Table): ODataResponse {
  const options = queryOptions(call);
  const { top = Infinity, skip = 0 } = options;
  const search = searchFor(call, table, options);
  const honoured = call.switches.maxPageSizePreference === 'honoured';
  const size = honoured ? pageSize(call.preferences, call.maxPageSize) : call.maxPageSize;
  const { rows, more } = page(call, search, skip, Math.min(top, size), options.count);
  const write = call.writers.for(table.schema, options, call);
  const parts = [`"@odata.context":${JSON.stringify(`${call.root}$metadata#${shapeOf(table.schema, options)}`)}`];
  if (options.count) parts.push(`"@odata.count":${countMatches(call, search)}`);
  parts.push(`"value":[${rows.map(write).join(',')}]`);
  if (more && top > size) parts.push(`"@odata.nextLink":${JSON.stringify(nextLink(call, skip + size, top - size))}`);
  return json(call, 200, `{${parts.join(',')}}`);
}

/** Without `cross-company=true` a query sees the user's company only. */
function searchFor(call: Call, table: Table, { filter, orderBy }: Pick<QueryOptions, 'filter' | 'orderBy'>): Search {
  const { schema } = table;
  const order = orderBy.length > 0 ? compileOrder(orderBy, schema, call.scope) : undefined;
  const asked = filter === undefined ? undefined : parseExpression(filter, call.target.parameters);
  const expression = schema.model.perCompany && !call.crossCompany ? inCompany(asked) : asked;
  if (!expression) return { table, order };
  const matches = compileFilter(expression, schema, call.scope);
  return { table, matches, within: candidates(expression, table), order };
}

const OWN_COMPANY: Expression = {
  kind: 'binary',
  operator: 'eq',
  left: { kind: 'path', segments: ['dataAreaId'] },
  right: { kind: 'literal', type: 'string', text: DEFAULT_COMPANY },
};

const inCompany = (filter: Expression | undefined): Expression =>
  filter ? { kind: 'binary', operator: 'and', left: OWN_COMPANY, right: filter } : OWN_COMPANY;

interface Page {
  readonly rows: StoredRow[];
  readonly more: boolean;
}

function page(call: Call, search: Search, skip: number, size: number, whole: boolean): Page {
  if (search.order || (search.matches && (skip > 0 || whole))) {
    const ids = foundIds(call, search);
    const rows = ids.slice(skip, skip + size).flatMap((id) => search.table.byId(id) ?? []);
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
  const { parameters, set } = call.target;
  const key = [set, parameters.get('$filter'), parameters.get('$orderby'), call.crossCompany].join('\n');
  const { version } = call.store;
  const kept = call.results.get(key);
  if (kept?.version === version) return kept.ids;
  return call.results.set(key, { version, ids: findRows(search).map(({ id }) => id) }).ids;
}

const countMatches = (call: Call, search: Search): number =>
  search.matches ? foundIds(call, search).length : countRows(search);

function nextLink(call: Call, skip: number, top: number): string {
  const { set, query } = call.target;
  const others = query.split('&').filter((pair) => pair && !/^(\$|%24)(skip|top)=/i.test(pair));
  const paging = [`$skip=${skip}`, ...(Number.isFinite(top) ? [`$top=${top}`] : [])];
  const { linkOrigin } = call.switches;
  const root = linkOrigin === undefined ? call.root : `${linkOrigin}/data/`;
  return `${root}${set}?${[...others, ...paging].join('&')}`;
}

export function readCount(call: Call, table: Table): ODataResponse {
  const count = countMatches(call, searchFor(call, table, queryOptions(call)));
  return { status: 200, headers: { 'content-type': 'text/plain', 'odata-version': '4.0' }, body: String(count) };
}

export function readRow(call: Call, table: Table, row: StoredRow): ODataResponse {
  const etag = etagOf(row);
  if (call.request.headers['if-none-match'] === etag) return { status: 304, headers: { 'odata-version': '4.0', etag } };
  return json(call, 200, entityBody(call, table, row), { etag });
}

export function entityBody(call: Call, table: Table, row: StoredRow): string {
  const options = queryOptions(call);
  const context = `${call.root}$metadata#${shapeOf(table.schema, options)}/$entity`;
  return `{"@odata.context":${JSON.stringify(context)},${call.writers.for(table.schema, options, call)(row).slice(1)}`;
}
