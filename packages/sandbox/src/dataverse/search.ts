import type { QueryOptions, Search } from '../odata/index.js';
import {
  candidates,
  compileFilter,
  compileOrder,
  findIds,
  parseExpression,
  resultKey,
  rowsWithIds,
  scan,
} from '../odata/index.js';
import type { StoredRow, Table } from '../store/index.js';
import type { Call } from './call.js';
import { onlyOwn } from './ownership.js';
import type { PagePosition } from './paging-cookie.js';

/** What a query asks for, compiled; of tables open for one's own rows only, those. */
export function searchFor(
  call: Call,
  table: Table,
  { filter, orderBy }: Pick<QueryOptions, 'filter' | 'orderBy'>,
): Search {
  const order = orderBy.length > 0 ? compileOrder(orderBy, table.schema, call.scope) : undefined;
  const own = onlyOwn(table, call);
  if (filter === undefined) return { table, order, ...(own && { matches: own }) };
  const expression = parseExpression(filter, call.target.parameters);
  const fits = compileFilter(expression, table.schema, call.scope);
  const matches = own ? (row: StoredRow) => own(row) && fits(row) : fits;
  return { table, matches, within: candidates(expression, table), order };
}

interface Page {
  readonly rows: StoredRow[];
  /** Where the next page starts; undefined at the end. */
  readonly next: number | undefined;
}

/** @param size rows at most */
export const findPage = (call: Call, search: Search, at: PagePosition, size: number): Page =>
  search.order ? orderedPage(call, search, at, size) : scannedPage(search, at, size);

/** Rows in the order of their ids: the next page scans on from the first row that did not fit. */
function scannedPage(search: Search, { position }: PagePosition, size: number): Page {
  const rows: StoredRow[] = [];
  for (const row of scan(search, position)) {
    if (rows.length === size) return { rows, next: row.id };
    rows.push(row);
  }
  return { rows, next: undefined };
}

/** Ordered rows: found once for a sequence of pages, which then all see the same order. */
function orderedPage(call: Call, search: Search, { position, version }: PagePosition, size: number): Page {
  const key = resultKey(search.table.schema.model.set, call.target.parameters, call.caller.user);
  const kept = call.results.get(key);
  const found = kept?.version === version ? kept : call.results.set(key, { version, ids: findIds(search) });
  const ids = found.ids.slice(position, position + size);
  const next = position + size < found.ids.length ? position + size : undefined;
  return { rows: rowsWithIds(search.table, ids), next };
}
