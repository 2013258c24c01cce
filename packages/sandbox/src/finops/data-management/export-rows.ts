import type { Column, StoredRow, Table, Value } from '../../store/index.js';
import { EMPTY_DATE, EMPTY_DATE_TIME } from '../values.js';
import type { DataEntity, EntityNode } from './data-entities.js';
import { keyText } from './execution.js';
import {
  documentShapeOf,
  formatOf,
  writeDocument,
  type DocumentRow,
  type ExportedEntity,
  type Placing,
} from './package/index.js';

/** What an export project has given out of an entity before: row versions by row, of documents those of all their rows. */
export type Exported = Map<number, string>;

export interface ExportRequest {
  /** In lower case. */
  readonly company: string;
  readonly limit: number;
  /** Name of a source data format. */
  readonly format: string;
  readonly placing: Placing;
  readonly tracked?: Tracked;
}

/** The rows of an export that gives out changes only. */
export interface Tracked {
  /** Left out, where they are still so. */
  readonly before: ReadonlyMap<number, string>;
  /** What this export gives out; to be remembered once its package is built. */
  readonly given: Exported;
}

/** @throws PackageFault where the entity cannot be written in this format */
export function exportRows(entity: DataEntity, request: ExportRequest): ExportedEntity {
  return entity.composite ? exportDocuments(entity, request) : exportTable(entity, request);
}

function exportTable({ label, aotName, root: { table } }: DataEntity, request: ExportRequest): ExportedEntity {
  const { format, placing } = request;
  const columns = visibleColumns(table);
  const rows: string[][] = [];
  for (const row of changed(table, request, ({ version }) => String(version)))
    rows.push(columns.map((column) => cellOf(row, column)));
  const names = columns.map(({ name }) => name.toUpperCase());
  return {
    entityName: label,
    aotName,
    format,
    placing,
    fields: names.map((name) => ({ column: name, field: name })),
    count: rows.length,
    content: formatOf(format).write({ columns: names, rows }, aotName),
  };
}

function exportDocuments({ label, aotName, root }: DataEntity, request: ExportRequest): ExportedEntity {
  const { format, placing } = request;
  const shape = documentShapeOf(format);
  const documents: DocumentRow[] = [];
  for (const row of changed(root.table, request, (each) => versionsOf(root, each)))
    documents.push(documentOf(root, row));
  return {
    entityName: label,
    aotName,
    format,
    placing,
    fields: pathsOf(root, ''),
    count: documents.length,
    content: writeDocument(documents, shape),
  };
}

/** Rows of the company that were not given out before as they are now. */
function* changed(
  table: Table,
  { company, limit, tracked }: ExportRequest,
  versionOf: (row: StoredRow) => string,
): Generator<StoredRow> {
  const dataArea = table.schema.byName.get('dataAreaId');
  let left = limit;
  for (const row of table.pages.scan()) {
    if (left <= 0) return;
    if (dataArea && row.values[dataArea.slot] !== company) continue;
    if (tracked) {
      const version = versionOf(row);
      if (tracked.before.get(row.id) === version) continue;
      tracked.given.set(row.id, version);
    }
    left--;
    yield row;
  }
}

const versionsOf = (node: EntityNode, row: StoredRow): string =>
  [`${row.id}:${row.version}`, ...embeddedIn(node, row).map(([child, each]) => versionsOf(child, each))].join();

function documentOf(node: EntityNode, row: StoredRow): DocumentRow {
  const fields = visibleColumns(node.table).map((column) => [column.name.toUpperCase(), cellOf(row, column)] as const);
  return {
    element: node.aotName,
    fields: new Map(fields),
    embedded: embeddedIn(node, row).map(([child, each]) => documentOf(child, each)),
  };
}

/** The rows that belong to this one, in the order of the composite's entities. */
function embeddedIn({ table, embedded }: EntityNode, row: StoredRow): [EntityNode, StoredRow][] {
  const company = table.schema.byName.get('dataAreaId');
  return embedded.flatMap((child) => {
    const own = child.table.schema.byName.get('dataAreaId');
    const [[first, origin] = [], ...others] = child.relation;
    if (!first || !origin) return [];
    return [...child.table.withValue(first, row.values[origin.slot] ?? null)].flatMap(
      (id): [EntityNode, StoredRow][] => {
        const found = child.table.byId(id);
        const belongs =
          found &&
          (!own || !company || found.values[own.slot] === row.values[company.slot]) &&
          others.every(([column, parent]) => found.values[column.slot] === row.values[parent.slot]);
        return belongs ? [[child, found]] : [];
      },
    );
  });
}

/** Fields of a composite, with the path of elements that leads to each. */
function pathsOf({ aotName, table, embedded }: EntityNode, above: string): { column: string; field: string }[] {
  const path = `${above}${aotName}/`;
  return [
    ...visibleColumns(table).map(({ name }) => {
      const upper = name.toUpperCase();
      return { column: `${path}${upper}`, field: `${aotName}/${upper}` };
    }),
    ...embedded.flatMap((each) => pathsOf(each, path)),
  ];
}

/** The company is not one of the file: it is that of the export. */
const visibleColumns = ({ schema: { columns } }: Table): Column[] =>
  columns.filter(({ name }) => name !== 'dataAreaId');

function cellOf({ values }: StoredRow, { slot, dateKind }: Column): string {
  const value: Value | undefined = values[slot];
  if (value === EMPTY_DATE || value === EMPTY_DATE_TIME) return '';
  const text = keyText(value);
  if (dateKind === 'date') return text.slice(0, 10);
  return dateKind === 'dateTime' ? text.slice(0, 19).replace('T', ' ') : text;
}
