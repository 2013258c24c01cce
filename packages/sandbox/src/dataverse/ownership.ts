import type { StoredRow, Table } from '../store/index.js';
import type { Call } from './call.js';
import { idOf } from './keys.js';
import { accessDenied, privilegeDenied } from './refusals.js';

/** Rows belong to whoever has made them: the tables here have no other owner. */
const isOwn = ({ caller }: Call, { schema }: Table, row: StoredRow): boolean =>
  row.values[schema.byName.get('_createdby_value')?.slot ?? -1] === caller.user;

const isUserLevel = ({ switches }: Call, { schema }: Table): boolean =>
  switches.userLevelTables.includes(schema.model.name);

/** What a query finds where the user may read its own rows only; undefined where it may read all. */
export const onlyOwn = (table: Table, call: Call): ((row: StoredRow) => boolean) | undefined =>
  isUserLevel(call, table) ? (row) => isOwn(call, table, row) : undefined;

/** @throws Refusal where the row is somebody else's, and the table open for one's own only */
export function demandAccess(table: Table, row: StoredRow, call: Call): void {
  if (!isUserLevel(call, table) || isOwn(call, table, row)) return;
  throw accessDenied(call.caller.user, table.schema, idOf(table, row));
}

/** Changes are tracked of a whole table. @throws Refusal where the user may not read it whole */
export function demandWholeTable(table: Table, call: Call): void {
  const { name } = table.schema.model;
  if (isUserLevel(call, table)) throw privilegeDenied(call.caller.user, `prvRead${name}`, name);
}
