import type { StoredRow, Table } from '../store/index.js';
import { dissolvePairs } from './associations.js';
import { assignLookup } from './binds.js';
import type { Call } from './call.js';
import { demandPrivilege } from './caller.js';
import { idOf } from './keys.js';
import { relinkRow } from './keep-row.js';
import { demandAccess } from './ownership.js';
import { isReferredTo } from './refusals.js';

/** Takes a row away for somebody who may do that. */
export function deleteRow(table: Table, row: StoredRow, call: Call): void {
  demandPrivilege('Delete', table.schema.model.name, call.switches);
  demandAccess(table, row, call);
  removeRow(table, row, call);
}

/** Rows that refer to it forbid that, go along, or lose their lookup. */
function removeRow(table: Table, row: StoredRow, call: Call): void {
  const id = idOf(table, row);
  table.remove(row, call.store.nextVersion());
  for (const navigation of table.schema.navigations.values()) {
    if (navigation.kind === 'pairs') dissolvePairs(call, table, row, navigation);
    if (navigation.kind !== 'many') continue;
    const { column, target } = navigation;
    const children = call.store.tableOf(target);
    if (!children) continue;
    for (const child of [...children.withValue(column, id)]) {
      const found = children.byId(child);
      if (!found || (column.typeSlot !== undefined && found.values[column.typeSlot] !== table.schema.model.name))
        continue;
      switch (column.lookup?.onDelete) {
        case 'restrict':
          throw isReferredTo();
        case 'cascade':
          removeRow(children, found, call);
          break;
        default: {
          const back = { ...navigation, kind: 'one', target: table.schema } as const;
          relinkRow(children, found, (values) => assignLookup(values, back, null), call);
        }
      }
    }
  }
}
