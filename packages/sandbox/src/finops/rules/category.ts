import { fieldOf } from '../draft.js';
import { rowRefused } from '../refusals.js';
import type { EntityRules } from './rules.js';

/** Only what F&O knows already can be linked: the shared category, and the category in the projects of the company. */
export const category: EntityRules = {
  references: [
    { field: 'SharedCategory', label: 'Shared category', set: 'SharedCategories', relatedTable: 'Shared categories' },
    { field: 'CategoryId', label: 'Category', set: 'ProjectCategories', relatedTable: 'Project categories' },
  ],
  defaultRow: (draft) => {
    if (draft.text('SharedCategory')) return;
    const known = fieldOf(draft.store, 'Categories', [draft.company, draft.value('CategoryId')], 'SharedCategoryId');
    draft.set('SharedCategory', known ?? draft.value('CategoryId'));
  },
  validateWrite: (draft) => {
    const key = [draft.company, draft.value('CategoryId')];
    if (fieldOf(draft.store, 'ProjectCategories', key, 'ActiveInJournals') === 'Yes') return;
    throw rowRefused(
      draft.table.schema.model,
      'Error',
      `The project category '${draft.text('CategoryId')}' is not active in journals.`,
    );
  },
};
