import type { RunningSandbox } from '@isthmus/sandbox';
import { finopsOf } from './finops.js';
import { psaOf } from './service.js';

/** The companies of the organisation mapping, as the books name them. */
export const COMPANIES = ['usmf', 'ussi'];

/** Links every category of F&O to its twin in PSA, as the template for expense categories leaves them. */
export async function linkCategories(sandbox: RunningSandbox): Promise<void> {
  for (const category of await psaOf(sandbox).rows('msdyn_transactioncategories')) {
    for (const company of COMPANIES) {
      const name = encodeURIComponent(String(category['msdyn_name']));
      await finopsOf(sandbox).update(
        `ProjCDSCategories(dataAreaId='${company}',CategoryId='${name}')?cross-company=true`,
        { IntegrationId: category['msdyn_transactioncategoryid'] ?? null },
      );
    }
  }
}
