import { PackageFault } from '../fault.js';
import { csv, csvUnicode } from './csv.js';
import { xmlAttribute, xmlElement } from './document.js';
import { excel } from './excel.js';
import type { DataFormat, DocumentShape } from './format.js';

export { csv } from './csv.js';
export { readDocument, writeDocument, type DocumentRow } from './document.js';
export { sheetName } from './excel.js';
export type { DataFile, DataFormat, DocumentShape } from './format.js';

export const EXCEL = 'EXCEL';

/** By the name of the source data format, in lower case. */
const formats: ReadonlyMap<string, DataFormat> = new Map([
  ['csv', csv],
  ['csv-unicode', csvUnicode],
  ['xml-element', xmlElement],
  ['xml-attribute', xmlAttribute],
  [EXCEL.toLowerCase(), excel],
]);

/** @throws PackageFault */
export function formatOf(name: string): DataFormat {
  const format = formats.get(name.toLowerCase());
  if (!format) throw new PackageFault(`The source data format '${name}' does not exist.`);
  return format;
}

/** How the format writes the documents of a composite entity. @throws PackageFault where it cannot */
export function documentShapeOf(name: string): DocumentShape {
  const { document } = formatOf(name);
  if (!document) throw new PackageFault('DMF1963: The file of a composite entity must be XML.');
  return document;
}

export const isExcel = (name: string): boolean => name.toUpperCase() === EXCEL;
