import type { Schema, Value } from '../../../store/index.js';
import type { DataEntity } from '../data-entities.js';
import { keyText } from '../execution.js';
import { PackageFault, type DataPackage, type PackageEntity } from '../package/index.js';
import { CellFault, type Arrival, type StagedRow, type StagingContext } from './arrival.js';
import { documentsOf } from './documents.js';
import { rowsOf } from './rows.js';

export interface StagingFault {
  readonly number: number;
  readonly cells: readonly string[];
  readonly message: string;
  readonly field: string;
}

export interface Staging {
  readonly columns: readonly string[];
  /** Each with what it will be known by, for people and for the file of keys. */
  readonly rows: readonly { readonly row: StagedRow; readonly key: readonly string[] }[];
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
  described: PackageEntity,
  entity: DataEntity,
  context: StagingContext,
): Staging {
  // Without a map no column goes anywhere: F&O reports success and has imported nothing.
  if (described.fields.length === 0) return NOTHING;
  const bytes = file(described.file);
  if (!bytes) throw new PackageFault(`The package holds no file ${described.file}.`);
  const { columns, arrivals } = entity.composite
    ? documentsOf(bytes, described, entity, context)
    : rowsOf(bytes, described, entity, context);
  return { columns, ...staged(arrivals, entity.root.table.schema) };
}

function staged(arrivals: readonly Arrival[], { key: keyColumns }: Schema): Omit<Staging, 'columns'> {
  const rows: Staging['rows'][number][] = [];
  const faults: StagingFault[] = [];
  const seen = new Set<string>();
  arrivals.forEach(({ cells, stage: read }, index) => {
    const refuse = (message: string, field = '') => faults.push({ number: index + 1, cells, message, field });
    try {
      const row = read();
      const key = keyColumns.map(({ name }) => keyText(row.payload[name] as Value));
      const text = key.join('\u001f');
      if (seen.has(text)) return refuse(`DMF1959: Duplicate key rows in the file: ${key.join(', ')}.`);
      if (key.every((part) => part !== '')) seen.add(text);
      rows.push({ row, key });
    } catch (fault) {
      if (!(fault instanceof PackageFault)) throw fault;
      refuse(fault.message, fault instanceof CellFault ? fault.field : '');
    }
  });
  return { rows, faults };
}
