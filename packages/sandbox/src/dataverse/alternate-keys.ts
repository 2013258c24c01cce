import { IsIn, IsOptional, IsString } from 'class-validator';
import { errors } from '../errors.js';
import type { AlternateKeyModel, EntityModel, KeyIndexStatus, PropertyModel } from '../model/index.js';

const STATUSES: readonly KeyIndexStatus[] = ['Pending', 'InProgress', 'Active', 'Failed'];

/** A key that somebody has defined for a table. */
export class AlternateKey {
  /** Logical names. */
  @IsString()
  readonly table!: string;
  @IsString({ each: true })
  readonly columns!: readonly string[];
  /** `{table}_{columns}` unless told; the name of a key that the table has takes its place. */
  @IsOptional()
  @IsString()
  readonly name?: string;
  /** Of the index behind it; it can be used once it is active, which it is unless told. */
  @IsOptional()
  @IsIn(STATUSES)
  readonly status?: KeyIndexStatus;
}

/** What Dataverse allows of a table and of a key. */
const MAX_COLUMNS = 16;
const MAX_BYTES = 900;

/** Bytes that a value takes in an index, by the type of its column; a text takes two for each character. */
const BYTES: Readonly<Partial<Record<PropertyModel['type'], number>>> = {
  'Edm.Int32': 4,
  'Edm.Decimal': 17,
  'Edm.Date': 8,
  'Edm.DateTimeOffset': 8,
};
const LOOKUP_BYTES = 16;

/**
 * The tables with these keys as well.
 *
 * @param most keys of a table
 * @throws SANDBOX_OPTION_INVALID where Dataverse would not let the key be defined
 */
export function withAlternateKeys(
  models: readonly EntityModel[],
  keys: readonly AlternateKey[],
  most: number,
): EntityModel[] {
  const tables = new Map(models.map((model) => [model.name, model]));
  for (const { table, columns, name = `${table}_${columns.join('_')}`, status = 'Active' } of keys) {
    const model = tables.get(table);
    const others = (model?.alternateKeys ?? []).filter((each) => each.name !== name);
    const reason = model === undefined ? 'there is no such table' : faultOf(model, columns, others, most);
    if (model === undefined || reason !== undefined) {
      throw errors.SANDBOX_OPTION_INVALID({
        option: 'dataverse.alternateKeys',
        reason: `${table}, ${name}: ${reason}`,
      });
    }
    tables.set(table, { ...model, alternateKeys: [...others, { name, attributes: [...columns], status }] });
  }
  return [...tables.values()];
}

function faultOf(
  model: EntityModel,
  columns: readonly string[],
  others: readonly AlternateKeyModel[],
  most: number,
): string | undefined {
  if (model.kind === 'virtual') return 'a virtual table has no alternate keys';
  if (others.length >= most) return `a table has at most ${most} keys`;
  if (columns.length === 0 || columns.length > MAX_COLUMNS) return `a key has one to ${MAX_COLUMNS} columns`;
  let bytes = 0;
  for (const name of columns) {
    const property = model.properties.find((each) => each.name === name);
    const size = property
      ? property.type === 'Edm.String'
        ? 2 * (property.maxLength ?? 0)
        : BYTES[property.type]
      : model.lookups.some(({ attribute }) => attribute === name)
        ? LOOKUP_BYTES
        : undefined;
    if (size === undefined) return `'${name}' is no text, number, date, choice or lookup of the table`;
    bytes += size;
  }
  return bytes > MAX_BYTES ? `its columns take ${bytes} bytes, and a key at most ${MAX_BYTES}` : undefined;
}
