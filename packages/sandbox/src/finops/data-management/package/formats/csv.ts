import { strToU8 } from 'fflate';
import { parse } from 'csv-parse/sync';
import { MappingIncorrect, PackageFault } from '../fault.js';
import type { PackageEntity } from '../manifest.js';
import { decodeFile, encodeUnicode } from '../text.js';
import type { DataFile, DataFormat } from './format.js';

/** Comma separated, in UTF-8. */
export const csv: DataFormat = {
  extension: 'csv',
  read: (bytes, entity) => readText(decodeFile(bytes).text, entity),
  write: (data) => strToU8(lines([data.columns, ...data.rows])),
};

/** The same in UTF-16: what the integration with Dataverse relies on. */
export const csvUnicode: DataFormat = {
  extension: 'csv',
  read: (bytes, entity) => {
    const { text, unicode } = decodeFile(bytes);
    if (!unicode) throw new PackageFault('Selected file is not Unicode');
    return readText(text, entity);
  },
  write: (data) => encodeUnicode(lines([data.columns, ...data.rows])),
};

/** What else may stand between the columns of a file. */
const OTHER_DELIMITER = /[;|\t]/;

function readText(text: string, { entityName, format, file, fields }: PackageEntity): DataFile {
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

const lines = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(quoted).join(',')}\r\n`).join('');

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
