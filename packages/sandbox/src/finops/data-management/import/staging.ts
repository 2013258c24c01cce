import type { Column, Schema, Value } from '../../../store/index.js';
import { keyText } from '../execution.js';
import type { EnumMembers } from '../../values.js';
import {
  MappingIncorrect,
  PackageFault,
  readDataFile,
  type DataPackage,
  type PackageEntity,
} from '../package/index.js';
import { convert } from './convert.js';

/** A row that has come as far as the staging table. */
export interface StagedRow {
  /** In the file, from 1. */
  readonly number: number;
  readonly cells: readonly string[];
  readonly payload: Readonly<Record<string, unknown>>;
  /** What the row will be known by, for people and for the file of keys. */
  readonly key: readonly string[];
}

export interface StagingFault {
  readonly number: number;
  readonly cells: readonly string[];
  readonly message: string;
  readonly field: string;
}

export interface Staging {
  readonly columns: readonly string[];
  readonly rows: readonly StagedRow[];
  readonly faults: readonly StagingFault[];
}

const NOTHING: Staging = { columns: [], rows: [], faults: [] };

/**
 * Reads the file of an entity into its staging table.
 *
 * @throws PackageFault where no row of it can be read
 */
export function stage(
  { file }: DataPackage,
  entity: PackageEntity,
  { schema, company, enums }: { schema: Schema; company: string; enums: EnumMembers },
): Staging {
  // Without a map no column goes anywhere: F&O reports success and has imported nothing.
  if (entity.fields.length === 0) return NOTHING;
  const bytes = file(entity.file);
  if (!bytes) throw new PackageFault(`The package holds no file ${entity.file}.`);
  const data = readDataFile(bytes, entity);
  const targets = columnTargets(data.columns, entity, schema);
  const rows: StagedRow[] = [];
  const faults: StagingFault[] = [];
  const seen = new Set<string>();
  data.rows.forEach((cells, index) => {
    const number = index + 1;
    const refuse = (message: string, field = '') => faults.push({ number, cells, message, field });
    const payload: Record<string, unknown> = schema.model.perCompany ? { dataAreaId: company } : {};
    for (const [slot, column] of targets) {
      try {
        payload[column.name] = convert(cells[slot] ?? '', column, enums);
      } catch (fault) {
        if (!(fault instanceof PackageFault)) throw fault;
        return refuse(fault.message, column.name);
      }
    }
    const key = schema.key.map(({ name }) => keyText(payload[name] as Value));
    const text = key.join('\u001f');
    if (seen.has(text)) return refuse(`DMF1959: Duplicate key rows in the file: ${key.join(', ')}.`);
    if (key.every((part) => part !== '')) seen.add(text);
    rows.push({ number, cells, payload, key });
  });
  return { columns: data.columns, rows, faults };
}

/** Place in the file and column of the entity, for every mapped column. */
function columnTargets(
  columns: readonly string[],
  { entityName, fields }: PackageEntity,
  { columns: known }: Schema,
): [slot: number, column: Column][] {
  const slots = new Map(columns.map((name, slot) => [name.toLowerCase(), slot]));
  const byName = new Map(known.map((column) => [column.name.toLowerCase(), column]));
  return fields.map(({ column, field }) => {
    const slot = slots.get(column.toLowerCase());
    const target = byName.get(field.toLowerCase());
    if (!target) throw new MappingIncorrect(entityName);
    if (slot === undefined) throw new PackageFault(`DMF2022: The column '${column}' is missing in the file.`);
    return [slot, target];
  });
}
