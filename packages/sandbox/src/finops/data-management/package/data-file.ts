import { randomUUID } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { PackageFault } from './fault.js';
import type { PackageEntity } from './manifest.js';
import type { DataPackage } from './read.js';
import { decodeFile } from './text.js';
import { parseXml } from './xml.js';

/** A data file taken apart: names of its columns, and its rows in their order. */
export interface DataFile {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** @throws PackageFault */
export function readDataFile(bytes: Uint8Array, entity: PackageEntity): DataFile {
  switch (entity.format.toLowerCase()) {
    case 'csv-unicode':
    case 'csv':
      return readCsv(bytes, entity);
    case 'xml-element':
      return readElements(decodeFile(bytes).text, entity.file);
    default:
      throw new PackageFault(`The source data format '${entity.format}' does not exist.`);
  }
}

/** What else may stand between the columns of a file. */
const OTHER_DELIMITER = /[;|\t]/;

function readCsv(bytes: Uint8Array, { entityName, format, file, fields }: PackageEntity): DataFile {
  const { text, unicode } = decodeFile(bytes);
  if (format.toLowerCase() === 'csv-unicode' && !unicode) throw new PackageFault('Selected file is not Unicode');
  // The header does not end where it should, so that no column of the mapping is found. F&O says it that way.
  if (text.includes('\n') && !text.includes('\r\n')) throw new MappingIncorrect(entityName);
  try {
    const [columns = [], ...rows] = parse(text, { recordDelimiter: '\r\n', bom: true, skipEmptyLines: true });
    if (fields.length > 1 && columns.length === 1 && OTHER_DELIMITER.test(columns[0] ?? ''))
      throw new PackageFault(`DMF1999: The delimiter of the file ${file} is not that of the format ${format}.`);
    return { columns, rows };
  } catch (cause) {
    if (cause instanceof PackageFault) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PackageFault(`DMF1966: The columns of the file ${file} do not match. ${reason}`, { cause });
  }
}

/** The columns of the file and the mapping do not fit; F&O names a field by a number that helps nobody. */
export class MappingIncorrect extends PackageFault {
  constructor(entityName: string) {
    super(`The mapping is incorrect for entity ${entityName} field {${randomUUID().toUpperCase()}}.`);
  }
}

/** An element per row, and in it one per field. */
function readElements(text: string, file: string): DataFile {
  const columns: string[] = [];
  const slots = new Map<string, number>();
  const rows = parseXml(text, file).children.map(({ children }) => {
    const row: string[] = [];
    for (const { name, text: value } of children) {
      const slot = slots.get(name) ?? columns.push(name) - 1;
      slots.set(name, slot);
      row[slot] = value;
    }
    return row;
  });
  return { columns, rows: rows.map((row) => Array.from(columns, (_name, slot) => row[slot] ?? '')) };
}

/**
 * A file on its own, as a package of one entity: its columns are named as the fields.
 *
 * @throws PackageFault
 */
export function packageOfFile(bytes: Uint8Array, entityName: string, definitionGroup: string): DataPackage {
  const format = decodeFile(bytes.subarray(0, 2)).unicode ? 'CSV-Unicode' : 'CSV';
  const entity = { ...DEFAULTS, entityName, file: `${entityName}.csv`, format };
  const { columns } = readDataFile(bytes, { ...entity, fields: [] });
  const fields = columns.map((column) => ({ column, field: column }));
  return {
    manifest: { definitionGroup, description: '', entities: [{ ...entity, fields }] },
    file: () => bytes,
  };
}

const DEFAULTS = {
  disabled: false,
  executionUnit: 1,
  level: 1,
  sequence: 1,
  failLevelOnError: false,
  failUnitOnError: false,
};
