import { fieldsOf, IntegrationKey, MapEntity, parameter } from '@isthmus/core';
import type { FinopsCategory } from '../rows.js';

const { From, Conditional, isNotNull } = fieldsOf<FinopsCategory>();

/**
 * A category that F&O has linked is the PSA row whose id it holds. One that it has not is the PSA row of the same name;
 * only where there is none, one is created. So nothing comes twice, whichever pass goes first.
 */
@MapEntity({
  task: 'categories-to-psa',
  title: 'Sync categories to PSA',
  source: 'ProjCDSCategoryEntity',
  sourceId: 'CategoryId',
  destination: 'msdyn_transactioncategories',
  naturalKey: ['msdyn_name'],
  master: parameter('master'),
})
export class CategoryToPsa {
  @From('IntegrationId') @IntegrationKey() msdyn_transactioncategoryid!: string;
  @From('CategoryId') msdyn_name!: string;
  @Conditional([{ when: [isNotNull('CategoryId')], then: parameter('billingType') }]) msdyn_billingtype!: number;
}
