import type { ODataResponse, QueryOptions } from '../odata/index.js';
import { pageSize } from '../odata/index.js';
import type { Deletion, StoredRow, Table } from '../store/index.js';
import type { Call } from './call.js';
import { applied, json, pageLink } from './call.js';
import type { PagePosition } from './paging-cookie.js';
import { writeSkipToken } from './paging-cookie.js';
import { badQuery, expiredVersion } from './refusals.js';
import { rowWriter, shapeOf } from './row-writer.js';

const DAY_MS = 86_400_000;

/** The link that answers with what changed after `version`. */
export function deltaLink(call: Call, version: number): string {
  const select = call.target.parameters.get('$select');
  const [date = '', time = ''] = new Date().toISOString().split('T');
  const [year, month, day] = date.split('-');
  const token = `${version}%21${encodeURIComponent(`${month}/${day}/${year} ${time.slice(0, 8)}`)}`;
  const query = [...(select === undefined ? [] : [`$select=${select}`]), `$deltatoken=${token}`];
  return `${call.root}${call.target.set}?${query.join('&')}`;
}

/** Rows that changed after the token's version, oldest change first, and then what was deleted. */
export function readChanges(
  call: Call,
  table: Table,
  options: QueryOptions,
  position: PagePosition | undefined,
): ODataResponse {
  const since = readToken(call);
  const version = position?.version ?? call.store.version;
  const size = pageSize(call.preferences, call.maxPageSize);
  const changes = changesIn(table, { rows: since, deletions: since, ...cursorFrom(position) }, version);
  const page = changes.slice(0, size);
  const last = page.at(-1);
  const write = rowWriter(table.schema, options, call);
  const deletedContext = JSON.stringify(`${call.root}$metadata#${table.schema.model.set}/$deletedEntity`);
  const value = page.map((change) =>
    'values' in change ? write(change) : `{"@odata.context":${deletedContext},"id":"${change.key}","reason":"deleted"}`,
  );
  const isLast = last === undefined || size >= changes.length;
  const links: string[] = [];
  if (!isLast) {
    const next = { page: (position?.page ?? 1) + 1, position: positionAt(last), version, tracking: true };
    links.push(`"@odata.nextLink":${JSON.stringify(nextChanges(call, table, next))}`);
  }
  if (isLast || call.switches.deltaLinks === 'every') {
    links.push(`"@odata.deltaLink":${JSON.stringify(deltaLink(call, version))}`);
  }
  const context = `${call.root}$metadata#${shapeOf(table.schema, options)}/$delta`;
  const body = `{"@odata.context":${JSON.stringify(context)},"value":[${value.join(',')}],${links.join(',')}}`;
  return json(call, 200, body, applied(call, 'odata.maxpagesize', 'odata.include-annotations'));
}

export function countChanges(call: Call, table: Table): number {
  const since = readToken(call);
  return changesIn(table, { rows: since, deletions: since }, call.store.version).length;
}

/** How far a sequence of pages has come: versions of the last row and of the last deletion given. */
interface Cursor {
  readonly rows: number;
  readonly deletions: number;
}

/** Rows come first, so a deletion means that all rows were given; the lowest bit tells which of the two it was. */
const positionAt = (change: StoredRow | Deletion): number => change.version * 2 + ('values' in change ? 0 : 1);

function cursorFrom(at: PagePosition | undefined): Partial<Cursor> {
  if (!at) return {};
  const version = Math.floor(at.position / 2);
  return at.position % 2 === 0 ? { rows: version } : { rows: Infinity, deletions: version };
}

function nextChanges(call: Call, table: Table, position: PagePosition): string {
  const token = writeSkipToken(position, table.schema.key[0]?.name ?? '', '', '');
  return pageLink(call, call.target.set, token);
}

/** The version in a delta token; refused where it is too old, or from another time of this system. */
function readToken(call: Call): number {
  const token = /^(\d+)!(\d{2})\/(\d{2})\/(\d{4}) (\d{2}:\d{2}:\d{2})$/.exec(
    call.target.parameters.get('$deltatoken') ?? '',
  );
  if (!token) throw badQuery('The $deltatoken is malformed.');
  const [, version, month, day, year, time] = token;
  const age = Date.now() - Date.parse(`${year}-${month}-${day}T${time}Z`);
  const { changeTrackingDays, expiredDeltaStatus } = call.switches;
  const since = Number(version);
  if (age > changeTrackingDays * DAY_MS || since < call.deltaTokens.oldest || since > call.store.version) {
    throw expiredVersion(expiredDeltaStatus);
  }
  return since;
}

/** What changed again after `until` is left to the next delta link. */
function changesIn(table: Table, after: Cursor, until: number): (StoredRow | Deletion)[] {
  const changed = [...table.pages.since(after.rows)].filter((row) => row.version <= until);
  changed.sort((a, b) => a.version - b.version);
  const deleted = table.deletions.filter(
    ({ version, key }) => version > after.deletions && version <= until && !table.byKey(key),
  );
  return [...changed, ...deleted];
}
