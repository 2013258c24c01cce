import { strToU8 } from 'fflate';
import { decodeFile } from '../text.js';
import { escaped, parseXml, type XmlElement } from '../xml.js';
import type { DataFormat, DocumentShape } from './format.js';

/** A row of an XML file: the entity that it is of, its fields, and the rows that are embedded in it. */
export interface DocumentRow {
  readonly element: string;
  readonly fields: ReadonlyMap<string, string>;
  readonly embedded: readonly DocumentRow[];
}

/** @throws PackageFault */
export function readDocument(bytes: Uint8Array, file: string, { fields }: DocumentShape): DocumentRow[] {
  const read = fields === 'attributes' ? fromAttributes : fromElements;
  return parseXml(decodeFile(bytes).text, file).children.map(read);
}

const fromAttributes = ({ name, attributes, children }: XmlElement): DocumentRow => ({
  element: name,
  fields: attributes,
  embedded: children.map(fromAttributes),
});

/** What has elements of its own is a row; what has none is a field. */
const fromElements = ({ name, children }: XmlElement): DocumentRow => ({
  element: name,
  fields: new Map(children.filter((child) => child.children.length === 0).map((field) => [field.name, field.text])),
  embedded: children.filter((child) => child.children.length > 0).map(fromElements),
});

export function writeDocument(rows: readonly DocumentRow[], { fields }: DocumentShape): Uint8Array {
  const write = fields === 'attributes' ? asAttributes : asElements;
  return strToU8(`<?xml version="1.0" encoding="utf-8"?>\r\n<Document>${rows.map(write).join('')}</Document>`);
}

function asAttributes({ element, fields, embedded }: DocumentRow): string {
  const attributes = [...fields]
    .map(([name, text]) => ` ${name}="${escaped(text).replaceAll('\r', '&#13;').replaceAll('\n', '&#10;')}"`)
    .join('');
  return `<${element}${attributes}>${embedded.map(asAttributes).join('')}</${element}>`;
}

function asElements({ element, fields, embedded }: DocumentRow): string {
  const elements = [...fields].map(([name, text]) => `<${name}>${escaped(text)}</${name}>`).join('');
  return `<${element}>${elements}${embedded.map(asElements).join('')}</${element}>`;
}

/** An XML file of one entity: a row for each element below the first. */
const tableOf = (document: DocumentShape): DataFormat => ({
  extension: 'xml',
  document,
  read: (bytes, { file }) => {
    const rows = readDocument(bytes, file, document);
    const columns = [...new Set(rows.flatMap(({ fields }) => [...fields.keys()]))];
    return { columns, rows: rows.map(({ fields }) => columns.map((name) => fields.get(name) ?? '')) };
  },
  write: ({ columns, rows }, element) =>
    writeDocument(
      rows.map((cells) => ({
        element,
        fields: new Map(columns.map((name, slot) => [name, cells[slot] ?? ''])),
        embedded: [],
      })),
      document,
    ),
});

export const xmlElement = tableOf({ fields: 'elements' });
export const xmlAttribute = tableOf({ fields: 'attributes' });
