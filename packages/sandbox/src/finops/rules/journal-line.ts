import { restage, retax } from '../accounting/index.js';
import type { Draft } from '../draft.js';
import { rowRefused, writeFailed } from '../refusals.js';
import { Entry } from '../rows.js';
import type { EntityRules } from './rules.js';

/** All that may be changed before posting. */
const EDITABLE = new Set(['SalesTaxGroup', 'ItemSalesTaxGroup', 'DefaultDimensionDisplayValue']);

/** Lines come from the staging table; deleted before they are posted, they return at the next import. */
export const journalLine: EntityRules = {
  validateWrite: (draft) => refuseOthers(draft),
  written: (draft, row) => retax(draft.store, new Entry(row, draft.table.schema)),
  removing: (store, line, model) => {
    if (line.text('Status') === 'Posted') {
      throw writeFailed(model, [
        'Error',
        `Line ${line.text('LineNumber')} of journal ${line.text('JournalId')} is posted.`,
      ]);
    }
    restage(store, line);
  },
};

function refuseOthers(draft: Draft): void {
  const { model } = draft.table.schema;
  const old = draft.isNew
    ? undefined
    : draft.table.byKey(draft.company, draft.value('JournalId'), draft.value('LineNumber'));
  if (!old) throw rowRefused(model, 'Error', `${model.label} are created from the staging table only.`);
  const before = new Entry(old, draft.table.schema);
  if (before.text('Status') === 'Posted') throw rowRefused(model, 'Error', 'The line is posted.');
  for (const { name } of draft.table.schema.columns) {
    if (EDITABLE.has(name) || before.text(name) === draft.text(name)) continue;
    throw rowRefused(model, 'Error', `Field '${name}' of ${model.label} cannot be changed.`);
  }
}
