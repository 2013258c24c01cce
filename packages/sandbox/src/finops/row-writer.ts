import { collectionOf } from '../model/index.js';
import type { QueryOptions, WriteMember } from '../odata/index.js';
import { columnMember, contextShape, objectWriter, selectedColumns, unknownProperty } from '../odata/index.js';
import type { Column, Schema, StoredRow } from '../store/index.js';
import type { Call } from './call.js';
import { NAMESPACE } from './dialect.js';
import { etagOf } from './etag.js';
import { expanded } from './expand.js';
import { EMPTY_DATE, EMPTY_DATE_TIME } from './values.js';

export type WriteRow = (row: StoredRow) => string;

const KEPT = 256;

/** Row writers by what they were compiled from: single writes come in thousands and answer with the same shape. */
export class RowWriters {
  private readonly writers = new Map<string, WriteRow>();

  for(schema: Schema, options: QueryOptions, call: Call): WriteRow {
    // Expanded rows are looked up as the call may see them: no other call can use the writer.
    if (options.expand.length > 0) return compile(schema, options, call);
    const key = [schema.model.set, options.select?.join(), call.exactAsText, call.fullMetadata && call.root].join('|');
    const known = this.writers.get(key);
    if (known) return known;
    const writer = compile(schema, options, call);
    if (this.writers.size >= KEPT) this.writers.clear();
    this.writers.set(key, writer);
    return writer;
  }
}

function compile(schema: Schema, { select, expand }: QueryOptions, call: Call): WriteRow {
  const columns = selectedColumns(schema, select, (name) => unknownProperty(name, schema, call.scope));
  return objectWriter([
    ...(call.fullMetadata ? identity(schema, call) : []),
    (row) => `,"@odata.etag":${JSON.stringify(etagOf(row, schema))}`,
    ...columns.flatMap((column) => [
      ...(call.fullMetadata && column.type === 'Enum' ? [enumAnnotation(column)] : []),
      memberOf(column, call),
    ]),
    ...expand.map((item) => expanded(item, schema, call, (target) => compile(target, item.options, call))),
    ...(call.fullMetadata && !select ? links(schema, call) : []),
  ]);
}

/** A column; where the switch says so, an empty moment goes out as an empty day does. */
function memberOf(column: Column, { exactAsText, switches }: Call): WriteMember {
  const write = columnMember(column, exactAsText);
  if (column.dateKind !== 'dateTime' || switches.emptyMoment === 'midnight') return write;
  return (row) => write(row).replace(EMPTY_DATE_TIME, EMPTY_DATE);
}

function identity(schema: Schema, { root }: Call): WriteMember[] {
  const type = JSON.stringify(`#${NAMESPACE}.${schema.model.name}`);
  return [
    (row) => {
      const address = entityAddress(schema, row);
      return `,"@odata.type":${type},"@odata.id":${JSON.stringify(root + address)},"@odata.editLink":${JSON.stringify(address)}`;
    },
  ];
}

/** Where the rows are that a row refers to. */
function links(schema: Schema, { root }: Call): WriteMember[] {
  return [...schema.navigations.keys()].map((name) => (row) => {
    const link = `${root}${entityAddress(schema, row)}/${name}`;
    return (
      `,${JSON.stringify(`${name}@odata.associationLink`)}:${JSON.stringify(`${link}/$ref`)}` +
      `,${JSON.stringify(`${name}@odata.navigationLink`)}:${JSON.stringify(link)}`
    );
  });
}

const enumAnnotation = ({ name, enumType }: Column): WriteMember => {
  const text = `,${JSON.stringify(`${name}@odata.type`)}:${JSON.stringify(`#${NAMESPACE}.${enumType}`)}`;
  return () => text;
};

/** `CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')`. */
export function entityAddress({ model, key }: Schema, row: StoredRow): string {
  const parts = key.map(({ name, slot, type, enumType }) => {
    const value = String(row.values[slot]);
    if (type === 'Edm.String') return `${name}='${encodeURIComponent(value.replaceAll("'", "''"))}'`;
    return type === 'Enum' ? `${name}=${NAMESPACE}.${enumType}'${value}'` : `${name}=${value}`;
  });
  return `${collectionOf(model)}(${parts.join(',')})`;
}

export const shapeOf = ({ model }: Schema, { select, expand }: QueryOptions): string =>
  contextShape(
    collectionOf(model),
    select,
    expand.map(({ navigation, options }) => `${navigation}(${(options.select ?? []).join(',')})`),
  );
