import type { Column, StoredRow, Table, Value } from '../../store/index.js';
import { EMPTY_DATE, EMPTY_DATE_TIME } from '../values.js';
import { keyText } from './execution.js';
import type { ExportedEntity } from './package/index.js';

/** What an export project has given out of an entity before: row versions by row. */
export type Exported = Map<number, number>;

export interface ExportRequest {
  readonly company: string;
  readonly limit: number;
  /** Leave out what is remembered here, and remember what is given out. */
  readonly since?: Exported;
}

export function exportRows(table: Table, { company, limit, since }: ExportRequest): ExportedEntity {
  const { model, columns, byName } = table.schema;
  const dataArea = byName.get('dataAreaId');
  const visible = columns.filter((column) => column !== dataArea);
  const rows: string[][] = [];
  for (const row of table.pages.scan()) {
    if (rows.length >= limit) break;
    if ((dataArea && row.values[dataArea.slot] !== company) || since?.get(row.id) === row.version) continue;
    since?.set(row.id, row.version);
    rows.push(visible.map((column) => cellOf(row, column)));
  }
  return {
    entityName: model.label ?? model.name,
    aotName: model.aotName ?? model.name,
    columns: visible.map(({ name }) => name),
    rows,
  };
}

function cellOf({ values }: StoredRow, { slot, dateKind }: Column): string {
  const value: Value | undefined = values[slot];
  if (value === EMPTY_DATE || value === EMPTY_DATE_TIME) return '';
  const text = keyText(value);
  if (dateKind === 'date') return text.slice(0, 10);
  return dateKind === 'dateTime' ? text.slice(0, 19).replace('T', ' ') : text;
}
