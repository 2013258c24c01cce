import type { ODataResponse, ResolvedPath, WriteMember } from '../../odata/index.js';
import { columnMember, resolvePath, scan } from '../../odata/index.js';
import type { StoredRow, Table } from '../../store/index.js';
import { annotationWriters } from '../annotations.js';
import type { Call } from '../call.js';
import { applied, json } from '../call.js';
import { queryOptions } from '../reads.js';
import { searchFor } from '../search.js';
import { badQuery, tooManyToAggregate } from '../refusals.js';
import { keyOf } from '../../store/index.js';
import type { Running } from './aggregates.js';
import { startAggregate } from './aggregates.js';
import { parseApply } from './parse.js';

/** Aggregates work on this many rows at most. */
const MAX_ROWS = 50_000;

interface Group {
  readonly first: StoredRow;
  readonly running: readonly Running[];
}

/** `GET /{set}?$apply=…`: groups, and what is computed of them. */
export function aggregateRows(call: Call, table: Table, apply: string): ODataResponse {
  const { schema } = table;
  queryOptions(call, schema);
  const barred = ['$select', '$expand', '$orderby', '$top', '$count'].find((name) => call.target.parameters.has(name));
  if (barred === '$orderby') throw badQuery('The query node SingleValueOpenPropertyAccess is not supported.');
  if (barred) throw badQuery(`The query parameter ${barred} is not supported together with $apply.`);
  const { filter, groupBy, aggregates } = parseApply(apply);
  const paths = groupBy.map((name) => resolvePath(name.split('/'), schema, call.scope));
  if (paths.some(({ column }) => column.type === 'Edm.DateTimeOffset')) {
    throw badQuery('groupby with datetime values is not supported.');
  }
  const starts = aggregates.map((each) => {
    const path = each.column === undefined ? undefined : resolvePath(each.column.split('/'), schema, call.scope);
    return startAggregate(each, path);
  });
  const filters = [filter, call.target.parameters.get('$filter')].filter((each) => each !== undefined);
  const search = searchFor(call, table, {
    ...(filters.length > 0 && { filter: filters.map((each) => `(${each})`).join(' and ') }),
    orderBy: [],
  });
  const groups = collect(scan(search), paths, starts);
  if (groupBy.length === 0 && groups.size === 0)
    groups.set('', { first: NO_ROW, running: starts.map((start) => start()) });
  const members = groupBy.map((name, index) => groupMember(name, paths[index], call, table));
  const value = [...groups.values()].map(({ first, running }) => {
    const computed = running.map((each, index) => `,${JSON.stringify(aggregates[index]?.alias)}:${each.result()}`);
    return `{${[...members.map((member) => member(first)), ...computed].join('').slice(1)}}`;
  });
  const context = JSON.stringify(`${call.root}$metadata#${schema.model.set}`);
  const body = `{"@odata.context":${context},"value":[${value.join(',')}]}`;
  return json(call, 200, body, applied(call, 'odata.include-annotations'));
}

const NO_ROW: StoredRow = { id: 0, version: 0, values: [] };

function collect(rows: Iterable<StoredRow>, paths: readonly ResolvedPath[], starts: readonly (() => Running)[]) {
  const groups = new Map<string, Group>();
  let count = 0;
  for (const row of rows) {
    if (++count > MAX_ROWS) throw tooManyToAggregate();
    const key = paths.map(({ read }) => keyOf([read(row)]) ?? 'null').join('');
    let group = groups.get(key);
    if (!group) groups.set(key, (group = { first: row, running: starts.map((start) => start()) }));
    for (const running of group.running) running.add(row);
  }
  return groups;
}

/** A column that rows were grouped by; one behind a lookup stands inside of an object of the lookup's name. */
function groupMember(name: string, path: ResolvedPath | undefined, call: Call, { schema }: Table): WriteMember {
  const own = schema.byName.get(name);
  if (own) {
    const members = [...annotationWriters(own, schema, call), columnMember(own, call.exactAsText)];
    return (row) => members.map((member) => member(row)).join('');
  }
  const [navigation = '', ...rest] = name.split('/');
  return (row) => {
    const value = path?.read(row) ?? null;
    const inner = `{${JSON.stringify(rest.join('/'))}:${JSON.stringify(value)}}`;
    return `,${JSON.stringify(navigation)}:${inner}`;
  };
}
