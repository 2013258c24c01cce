import type { Column, Schema } from '../../../store/index.js';
import type { DataEntity } from '../data-entities.js';
import { MappingIncorrect, PackageFault, readDataFile, type PackageEntity } from '../package/index.js';
import { blankPayload, put, type Arrivals, type StagedRow, type StagingContext } from './arrival.js';

/**
 * A file of one entity.
 *
 * @throws PackageFault where no row of it can be read
 */
export function rowsOf(
  bytes: Uint8Array,
  described: PackageEntity,
  { root: { table } }: DataEntity,
  context: StagingContext,
): Arrivals {
  const { columns, rows } = readDataFile(bytes, described);
  const targets = columnTargets(columns, described, table.schema);
  const stageRow = (cells: readonly string[]): StagedRow => {
    const payload = blankPayload(table.schema, context.company);
    for (const [slot, column] of targets) put(payload, cells[slot] ?? '', column, context);
    return { table, payload, relation: [], embedded: [] };
  };
  return { columns, arrivals: rows.map((cells) => ({ cells, stage: () => stageRow(cells) })) };
}

/**
 * Place in the file and column of the entity, for every mapped column. Where the file lacks one, it is told apart what is
 * there instead: nothing (DMF2022, the list of fields does not match that of the columns), or a column that no map knows
 * (DMF2025, the column is not found under that name). Columns without a map are no fault by themselves: nobody reads them.
 */
function columnTargets(
  columns: readonly string[],
  { entityName, file, fields }: PackageEntity,
  { columns: known }: Schema,
): [slot: number, column: Column][] {
  const slots = new Map(columns.map((name, slot) => [name.toLowerCase(), slot]));
  const byName = new Map(known.map((column) => [column.name.toLowerCase(), column]));
  const mapped = new Set(fields.map(({ column }) => column.toLowerCase()));
  if (![...mapped].some((column) => slots.has(column)))
    throw new PackageFault(`DMF1966: The columns of the file ${file} do not match: it holds none that is mapped.`);
  const stranger = columns.find((name) => !mapped.has(name.toLowerCase()));
  return fields.map(({ column, field }) => {
    const slot = slots.get(column.toLowerCase());
    const target = byName.get(field.toLowerCase());
    if (!target) throw new MappingIncorrect(entityName);
    if (slot === undefined) throw columnMissing(column, stranger);
    return [slot, target];
  });
}

const columnMissing = (column: string, stranger: string | undefined): PackageFault =>
  stranger === undefined
    ? new PackageFault(`DMF2022: The column '${column}' is missing in the file.`)
    : new PackageFault(`DMF2025: The column '${column}' is not in the file, and its column '${stranger}' has no map.`);
