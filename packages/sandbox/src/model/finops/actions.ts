import type { ActionModel } from '../types.js';

/**
 * What the periodic batches and buttons of the application do, as OData actions. Their names, and those of their
 * parameters, are this sandbox's own: the publisher documents none. `legalEntityId` is what the actions of data management
 * call the company.
 */

const company = { name: 'legalEntityId', type: 'Edm.String' } as const;

/** Batch *Import from staging table*. `periodFrequency`: Days, Months, Years or All (the default). */
export const IMPORT_FROM_STAGING: ActionModel = {
  name: 'importFromStagingTable',
  boundTo: 'set',
  parameters: [company, { name: 'periodFrequency', type: 'Edm.String' }],
};

/** Posts every journal of the company that is not posted yet. */
export const POST_JOURNALS: ActionModel = { name: 'postJournals', boundTo: 'set', parameters: [company] };

/** Button *Post* of one journal. */
export const POST_JOURNAL: ActionModel = { name: 'postJournal', boundTo: 'row', parameters: [] };
