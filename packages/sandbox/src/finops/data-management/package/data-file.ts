import { EXCEL, formatOf, type DataFile } from './formats/index.js';
import type { PackageEntity } from './manifest.js';
import type { DataPackage } from './read.js';
import { decodeFile } from './text.js';

/** @throws PackageFault */
export const readDataFile = (bytes: Uint8Array, entity: PackageEntity): DataFile =>
  formatOf(entity.format).read(bytes, entity);

/**
 * A file on its own, as a package of one entity: its columns are named as the fields.
 *
 * @throws PackageFault
 */
export function packageOfFile(bytes: Uint8Array, entityName: string, definitionGroup: string): DataPackage {
  const format = formatOfFile(bytes);
  const entity = { ...DEFAULTS, entityName, file: `${entityName}.${formatOf(format).extension}`, format };
  const { columns } = readDataFile(bytes, { ...entity, fields: [] });
  const fields = columns.map((column) => ({ column, field: column }));
  return {
    manifest: { definitionGroup, description: '', entities: [{ ...entity, fields }] },
    file: () => bytes,
  };
}

/** A recurring job has its format from its project; here the first characters say it. */
function formatOfFile(bytes: Uint8Array): string {
  const { text, unicode } = decodeFile(bytes.subarray(0, 4));
  if (text.startsWith('PK')) return EXCEL;
  if (text.startsWith('<')) return 'XML-Element';
  return unicode ? 'CSV-Unicode' : 'CSV';
}

const DEFAULTS = {
  refreshType: 'FullPush',
  sheet: '',
  disabled: false,
  placing: { executionUnit: 1, level: 1, sequence: 1 },
  failLevelOnError: false,
  failUnitOnError: false,
};
