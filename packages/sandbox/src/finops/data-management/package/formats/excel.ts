import { read, utils, write, type CellObject, type WorkBook } from '@e965/xlsx';
import { zipSync } from 'fflate';
import { PackageFault } from '../fault.js';
import { unzip } from '../unzip.js';
import type { DataFormat } from './format.js';

const FORBIDDEN_IN_NAMES = /[\\/?*[\]:]/g;
const LONGEST_NAME = 31;
/** What Excel shows of a day that is beyond its calendar. */
const IMPOSSIBLE_DAY = '########';

/** A workbook; the first row of its sheet holds the names of the columns. */
export const excel: DataFormat = {
  extension: 'xlsx',
  read: (bytes, { file, sheet }) => {
    const [header = [], ...rows] = cellsOf(open(bytes, file), file, sheet);
    const columns = header.map(textOf);
    return {
      columns,
      rows: rows.flatMap((cells, index) => {
        if (cells.length > columns.length)
          throw new PackageFault(`DMF1966: The columns of the file ${file} do not match. Row ${index + 2} has more.`);
        const texts = Array.from(columns, (_name, slot) => textOf(cells[slot]));
        return texts.some((text) => text !== '') ? [texts] : [];
      }),
    };
  },
  write: ({ columns, rows }, element) => {
    const book = utils.book_new();
    // Everything is a text, as in the other formats: Excel would make a number of an id.
    utils.book_append_sheet(book, utils.aoa_to_sheet([columns, ...rows].map((row) => [...row])), sheetName(element));
    return new Uint8Array(write(book, { type: 'array', bookType: 'xlsx', compression: true }) as ArrayBuffer);
  },
};

export const sheetName = (text: string): string => text.replace(FORBIDDEN_IN_NAMES, '_').slice(0, LONGEST_NAME);

/** Unpacked here first: the library sets no bounds to what a file may grow to. */
function open(bytes: Uint8Array, file: string): WorkBook {
  const parts = zipSync(Object.fromEntries(unzip(bytes, `The file ${file}`)), { level: 0 });
  try {
    return read(parts, { type: 'array', dense: true, cellDates: true, UTC: true });
  } catch (cause) {
    throw unreadable(file, { cause });
  }
}

type Cells = readonly (readonly (CellObject | undefined)[])[];

/** @param sheet name as data management writes it, with `$` behind it; empty is the first one */
function cellsOf({ SheetNames, Sheets }: WorkBook, file: string, sheet: string): Cells {
  const wanted = sheet.replace(/^'|'$/g, '').replace(/\$$/, '').toLowerCase();
  const name = wanted === '' ? SheetNames[0] : SheetNames.find((known) => known.toLowerCase() === wanted);
  const found = Sheets[name ?? ''];
  if (!found) throw unreadable(file);
  // Sparse: a far cell does not make a million empty ones.
  return Array.from((found['!data'] ?? []) as Cells, (row: Cells[number] | undefined) => row ?? []);
}

const unreadable = (file: string, options?: ErrorOptions): PackageFault =>
  new PackageFault(`DMF040: Excel query failed: the worksheet of the file ${file} could not be retrieved.`, options);

function textOf(cell: CellObject | undefined): string {
  if (cell?.v === undefined || cell.t === 'z') return '';
  if (!(cell.v instanceof Date)) return String(cell.v);
  return Number.isNaN(cell.v.getTime()) ? IMPOSSIBLE_DAY : cell.v.toISOString();
}
