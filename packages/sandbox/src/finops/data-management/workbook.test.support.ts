import { strToU8, zipSync } from 'fflate';

/** What a cell holds; a date goes into the file as Excel counts days. */
export type Cell = string | number | boolean | Date | undefined;

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

/** A workbook as Office Open XML describes it, put together by hand. */
export function workbook(sheets: Readonly<Record<string, readonly (readonly Cell[])[]>>): Uint8Array {
  const names = Object.keys(sheets);
  const parts: Record<string, string> = {
    '[Content_Types].xml':
      `<Types xmlns="${PACKAGE}/content-types">` +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      `<Override PartName="/xl/workbook.xml" ContentType="${SHEET_TYPE}.sheet.main+xml"/>` +
      `<Override PartName="/xl/styles.xml" ContentType="${SHEET_TYPE}.styles+xml"/>` +
      names
        .map((_n, at) => `<Override PartName="/xl/worksheets/s${at}.xml" ContentType="${SHEET_TYPE}.worksheet+xml"/>`)
        .join('') +
      '</Types>',
    '_rels/.rels': relationships([['r0', 'officeDocument', 'xl/workbook.xml']]),
    'xl/_rels/workbook.xml.rels': relationships([
      ['styles', 'styles', 'styles.xml'],
      ...names.map((_name, at) => [`s${at}`, 'worksheet', `worksheets/s${at}.xml`] as const),
    ]),
    'xl/workbook.xml':
      `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>` +
      names.map((name, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="s${at}"/>`).join('') +
      '</sheets></workbook>',
    // The second style shows a number as a date: that, and nothing else, makes it one.
    'xl/styles.xml':
      `<styleSheet xmlns="${MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>` +
      '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>' +
      '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
  };
  names.forEach((name, at) => {
    const rows = (sheets[name] ?? []).map(
      (cells, row) => `<row r="${row + 1}">${cells.map(cellXml(row)).join('')}</row>`,
    );
    parts[`xl/worksheets/s${at}.xml`] =
      `<worksheet xmlns="${MAIN}"><sheetData>${rows.join('')}</sheetData></worksheet>`;
  });
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(DECLARATION + xml)])));
}

const relationships = (all: readonly (readonly [id: string, kind: string, target: string])[]): string =>
  `<Relationships xmlns="${PACKAGE}/relationships">` +
  all.map(([id, kind, target]) => `<Relationship Id="${id}" Type="${OFFICE}/${kind}" Target="${target}"/>`).join('') +
  '</Relationships>';

const DAY = 24 * 60 * 60 * 1000;
/** Day 0 of Excel, once its 29 February 1900 is behind it. */
const EPOCH = Date.UTC(1899, 11, 30);

const cellXml =
  (row: number) =>
  (cell: Cell, column: number): string => {
    const reference = `r="${String.fromCharCode(65 + column)}${row + 1}"`;
    if (cell === undefined) return '';
    if (cell instanceof Date) return `<c ${reference} s="1"><v>${(cell.getTime() - EPOCH) / DAY}</v></c>`;
    if (typeof cell === 'number') return `<c ${reference}><v>${cell}</v></c>`;
    if (typeof cell === 'boolean') return `<c ${reference} t="b"><v>${Number(cell)}</v></c>`;
    return `<c ${reference} t="inlineStr"><is><t>${cell}</t></is></c>`;
  };
