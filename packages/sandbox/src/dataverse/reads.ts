import type { ODataResponse, QueryOptions } from '../odata/index.js';
import { countRows, listBody, pageSize, readOptions } from '../odata/index.js';
import type { Schema, StoredRow, Table } from '../store/index.js';
import { askedAnnotations } from './annotations.js';
import type { Call } from './call.js';
import { applied, json, pageLink, plain } from './call.js';
import { demandWholeTable } from './ownership.js';
import { countChanges, deltaLink, readChanges } from './delta.js';
import { etagOf, idOf } from './keys.js';
import type { PagePosition } from './paging-cookie.js';
import { readSkipToken, writeSkipToken } from './paging-cookie.js';
import { checkExpand } from './expand-rules.js';
import { badQuery, notTracked, notWithTracking } from './refusals.js';
import { rowWriter, shapeOf } from './row-writer.js';
import { findPage, searchFor } from './search.js';

/** `@odata.count` never says more. */
export const COUNT_LIMIT = 5000;

const TOTAL = 'Microsoft.Dynamics.CRM.totalrecordcount';
const TOTAL_EXCEEDED = 'Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded';

const KNOWN_OPTIONS = new Set([
  '$select',
  '$filter',
  '$orderby',
  '$top',
  '$expand',
  '$count',
  '$skiptoken',
  '$deltatoken',
  '$apply',
]);

/** Reads the options of a query and refuses what Dataverse does not support. */
export function queryOptions(call: Call, schema: Schema): QueryOptions {
  for (const name of call.target.parameters.keys()) {
    if (name === '$skip') throw badQuery('Skip Clause is not supported in CRM');
    if (name.startsWith('$') && !KNOWN_OPTIONS.has(name))
      throw badQuery(`The query parameter ${name} is not supported.`);
  }
  const options = readOptions(withAliases(call.target.parameters));
  checkExpand(options.expand, schema);
  return options;
}

/** Parameter aliases may stand in `$orderby` too; `$filter` resolves its own. */
function withAliases(parameters: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const order = parameters.get('$orderby');
  if (!order?.includes('@')) return parameters;
  const resolved = order.replace(/@\w+/g, (alias) => parameters.get(alias) ?? alias);
  return new Map([...parameters, ['$orderby', resolved]]);
}

/** `GET /{set}`: a page of rows, and the link to the next one. */
export function readCollection(call: Call, table: Table): ODataResponse {
  const { parameters } = call.target;
  const token = parameters.get('$skiptoken');
  const position = token === undefined ? undefined : readSkipToken(token);
  if (token !== undefined && !position) throw badQuery('The $skiptoken is malformed.');
  const asksForChanges = parameters.has('$deltatoken');
  const tracking = asksForChanges || (position?.tracking ?? call.preferences.has('odata.track-changes'));
  if (tracking) refuseWithTracking(call, table);
  const options = queryOptions(call, table.schema);
  if (asksForChanges) return readChanges(call, table, options, position);
  return readPage(call, table, options, {
    page: 1,
    position: 0,
    version: call.store.version,
    ...position,
    tracking,
  });
}

function refuseWithTracking(call: Call, table: Table): void {
  if (!table.schema.model.changeTracking) throw notTracked(table.schema);
  demandWholeTable(table, call);
  const barred = ['$filter', '$orderby', '$expand', '$top'].find((option) => call.target.parameters.has(option));
  if (barred) throw notWithTracking(barred);
}

function readPage(call: Call, table: Table, options: QueryOptions, at: PagePosition): ODataResponse {
  const search = searchFor(call, table, options);
  const paged = call.preferences.has('odata.maxpagesize');
  const size = pageSize(call.preferences, call.maxPageSize);
  const wanted = options.top !== undefined && !paged ? Math.min(options.top, size) : size;
  const { rows, next } = findPage(call, search, at, wanted);
  const more = next !== undefined && (options.top === undefined || paged);
  const write = rowWriter(table.schema, options, call);
  const context = `${call.root}$metadata#${shapeOf(table.schema, options)}`;
  const links: string[] = [];
  if (more) {
    const link = nextLink(call, table, rows, { ...at, page: at.page + 1, position: next });
    links.push(`"@odata.nextLink":${JSON.stringify(link)}`);
  }
  if (at.tracking && (!more || call.switches.deltaLinks === 'every'))
    links.push(`"@odata.deltaLink":${JSON.stringify(deltaLink(call, at.version))}`);
  const before = [
    `"@odata.context":${JSON.stringify(context)}`,
    ...counts(call, options, () => countRows(search, COUNT_LIMIT + 1)),
  ];
  const honoured = applied(call, 'odata.maxpagesize', 'odata.include-annotations', 'odata.track-changes');
  return json(call, 200, listBody(before, rows.map(write), links), honoured);
}

/** What is said of the number of rows. @param countAll called where the client asks for it */
export function counts(call: Call, { count }: QueryOptions, countAll: () => number): string[] {
  const asked = askedAnnotations(call);
  const total = count ? countAll() : -1;
  const shown = Math.min(total, COUNT_LIMIT);
  return [
    ...(count ? [`"@odata.count":${shown}`] : []),
    ...(asked(TOTAL) ? [`"@${TOTAL}":${shown}`] : []),
    ...(asked(TOTAL_EXCEEDED) ? [`"@${TOTAL_EXCEEDED}":${total > COUNT_LIMIT}`] : []),
  ];
}

export function nextLink(call: Call, table: Table, rows: readonly StoredRow[], position: PagePosition): string {
  const [first, last] = [rows[0], rows.at(-1)].map((row) => (row ? idOf(table, row) : ''));
  const token = writeSkipToken(position, table.schema.key[0]?.name ?? '', first ?? '', last ?? '');
  return pageLink(call, call.target.set, token);
}

/** `GET /{set}/$count`: a number as text. */
export function readCount(call: Call, table: Table): ODataResponse {
  if (call.target.parameters.has('$deltatoken')) {
    refuseWithTracking(call, table);
    return plain(countChanges(call, table));
  }
  return plain(countRows(searchFor(call, table, queryOptions(call, table.schema)), COUNT_LIMIT));
}

/** `GET /{set}({key})`. */
export function readRow(call: Call, table: Table, row: StoredRow): ODataResponse {
  const options = queryOptions(call, table.schema);
  const etag = etagOf(row);
  const annotated = call.preferences.has('odata.include-annotations');
  if (call.request.headers['if-none-match'] === etag && options.expand.length === 0 && !annotated) {
    return { status: 304, headers: { 'odata-version': '4.0', etag } };
  }
  const headers = {
    ...(table.schema.model.unversioned ? {} : { etag }),
    ...applied(call, 'odata.include-annotations'),
  };
  return json(call, 200, entityBody(call, table, row, options), headers);
}

/** A single row with its context, as reads and `return=representation` give it. */
export function entityBody(
  call: Call,
  table: Table,
  row: StoredRow,
  options: QueryOptions,
  etagsInside = false,
): string {
  const context = `${call.root}$metadata#${shapeOf(table.schema, options)}/$entity`;
  const write = rowWriter(table.schema, options, call, { own: true, inside: etagsInside });
  return `{"@odata.context":${JSON.stringify(context)},${write(row).slice(1)}`;
}
