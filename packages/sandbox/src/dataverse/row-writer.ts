import type { ExpandItem, QueryOptions, WriteMember } from '../odata/index.js';
import {
  collector,
  columnMember,
  compileFilter,
  compileOrder,
  sortRows,
  contextShape,
  follower,
  objectWriter,
  parseExpression,
  selectedColumns,
  unknownProperty,
} from '../odata/index.js';
import type { Column, Schema, StoredRow } from '../store/index.js';
import type { Call } from './call.js';
import { annotationWriters } from './annotations.js';
import { etagOf, idOf } from './keys.js';
import { onlyOwn } from './ownership.js';
import { badQuery } from './refusals.js';

export type WriteRow = (row: StoredRow) => string;

/** Which rows show their etag: the ones asked for, and those of lookups inside of them. */
interface Etags {
  readonly own: boolean;
  readonly inside: boolean;
}

const OWN_ETAG: Etags = { own: true, inside: false };

/** Compiles a query's `$select` and `$expand` into a function that writes a row. */
export function rowWriter(schema: Schema, options: QueryOptions, call: Call, etags = OWN_ETAG): WriteRow {
  const etag: WriteMember = (row) => `,"@odata.etag":${JSON.stringify(etagOf(row))}`;
  return objectWriter([
    ...(etags.own && !schema.model.unversioned ? [etag] : []),
    ...columnsOf(schema, options.select, call).flatMap((column) => [
      ...annotationWriters(column, schema, call),
      columnMember(column, call.exactAsText),
    ]),
    ...options.expand.map((item) => expanded(item, schema, call, etags)),
  ]);
}

/** What the context URL says after `#`. */
export function shapeOf(schema: Schema, options: QueryOptions): string {
  const nested = ({ navigation, options: { select, expand } }: ExpandItem): string =>
    `${navigation}(${[...(select ?? []), ...expand.map(nested)].join(',')})`;
  return contextShape(schema.model.set, options.select, options.expand.map(nested));
}

/** The key always comes along, and the currency with an amount. */
function columnsOf(schema: Schema, select: readonly string[] | undefined, call: Call): Column[] {
  const columns = selectedColumns(schema, select, (name) => unknownProperty(name, schema, call.scope));
  if (!select) return columns;
  const currency = schema.byName.get('_transactioncurrencyid_value');
  const implied = [...schema.key, ...(currency && columns.some(({ money, base }) => money || base) ? [currency] : [])];
  return [...new Set([...columns, ...implied])];
}

function expanded(
  { navigation: name, reference, options, query }: ExpandItem,
  schema: Schema,
  call: Call,
  { inside }: Etags,
): WriteMember {
  const navigation = schema.navigations.get(name);
  if (!navigation) throw unknownProperty(name, schema, call.scope);
  const start = `,${JSON.stringify(name)}:`;
  const { target } = navigation;
  call.scope.enter?.(target);
  const own = ownIn(target, call);
  if (navigation.kind === 'one') {
    const follow = follower(navigation, call);
    const write = reference ? referenceWriter(target, call) : rowWriter(target, options, call, { own: inside, inside });
    return (row) => {
      const found = follow(row);
      return start + (found && (!own || own(found)) ? write(found) : 'null');
    };
  }
  if (reference) throw badQuery(`$ref is not supported for the collection '${name}'.`);
  const rows = relatedRows(collector(navigation, schema, call), target, options, call);
  const write = rowWriter(target, options, call, { own: true, inside });
  const owner = call.store.tableOf(schema);
  const link = (row: StoredRow) => (owner ? `${call.root}${schema.model.set}(${idOf(owner, row)})/${name}` : '');
  // Descriptions come whole.
  if (target.model.unversioned) return (row) => `${start}[${rows(row).map(write).join(',')}]`;
  return (row) => {
    const found = rows(row);
    const next = JSON.stringify(`${link(row)}?${query && `${query}&`}$skiptoken=${found.length}`);
    return `${start}[${found.map(write).join(',')}],${JSON.stringify(`${name}@odata.nextLink`)}:${next}`;
  };
}

const ownIn = (schema: Schema, call: Call): ((row: StoredRow) => boolean) | undefined => {
  const table = call.store.tableOf(schema);
  return table && onlyOwn(table, call);
};

/** The rows behind a collection, filtered and ordered as its own options say. @param aliases where these may stand */
export function relatedRows(
  collect: (row: StoredRow) => StoredRow[],
  target: Schema,
  { filter, orderBy, top = Infinity }: QueryOptions,
  call: Call,
  aliases?: ReadonlyMap<string, string>,
) {
  const own = ownIn(target, call);
  const matches =
    filter === undefined ? undefined : compileFilter(parseExpression(filter, aliases), target, call.scope);
  const order = compileOrder(orderBy, target, call.scope);
  return (row: StoredRow): StoredRow[] => {
    const found = own ? collect(row).filter(own) : collect(row);
    return sortRows(matches ? found.filter(matches) : found, order).slice(0, top);
  };
}

function referenceWriter(target: Schema, call: Call): WriteRow {
  const table = call.store.tableOf(target);
  return (row) => JSON.stringify({ '@odata.id': table ? `${call.root}${target.model.set}(${idOf(table, row)})` : '' });
}
