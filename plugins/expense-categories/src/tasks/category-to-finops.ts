import { fieldsOf, IntegrationKey, Link, MapEntity, parameter } from '@isthmus/core';
import type { PsaCategory } from '../rows.js';

const { From } = fieldsOf<PsaCategory>();

/**
 * Writes the id that a category has in PSA to the category of the same name, in every legal entity. F&O's users set its
 * categories up (shared category, category, use in projects), which is more than an integration could make up: none is
 * created, and one that is missing is kept back by name.
 */
@MapEntity({
  task: 'categories-to-finops',
  title: 'Sync categories to Fin Ops',
  source: 'msdyn_transactioncategories',
  sourceId: 'msdyn_transactioncategoryid',
  destination: 'ProjCDSCategoryEntity',
  direction: { from: 'psa', to: 'finops' },
  everyLegalEntity: true,
  creates: false,
  master: parameter('master'),
})
export class CategoryToFinops {
  @From('msdyn_name') @IntegrationKey() CategoryId!: string;
  @From('msdyn_transactioncategoryid') @Link() IntegrationId!: string;
}
