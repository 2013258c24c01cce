import type { RunningSandbox } from '@isthmus/sandbox';
import { finopsOf, tableOf } from './finops.js';
import { psaOf, type Row } from './service.js';

/** Those of the organisation mapping that tests have. */
export const LEGAL_ENTITIES = ['usmf', 'ussi'] as const;

/** Gives every category of F&O the id that PSA knows it by, as the template for expense categories leaves them. */
export async function linkCategories(sandbox: RunningSandbox): Promise<void> {
  for (const { msdyn_transactioncategoryid: id, msdyn_name: name } of await psaOf(sandbox).rows(
    'msdyn_transactioncategories',
  )) {
    for (const legalEntity of LEGAL_ENTITIES) {
      const key = `dataAreaId='${legalEntity}',CategoryId='${encodeURIComponent(String(name))}'`;
      await finopsOf(sandbox).update(`ProjCDSCategories(${key})?cross-company=true`, { IntegrationId: id ?? null });
    }
  }
}

/** A category in PSA, by name. Names are no key there: there may be several. */
export async function psaCategories(sandbox: RunningSandbox): Promise<Map<string, Row[]>> {
  const byName = new Map<string, Row[]>();
  for (const row of await psaOf(sandbox).rows('msdyn_transactioncategories')) {
    const name = String(row['msdyn_name']);
    byName.set(name, [...(byName.get(name) ?? []), row]);
  }
  return byName;
}

/** `usmf/Hotel` → the id of its twin in PSA. */
export async function links(sandbox: RunningSandbox): Promise<Map<string, string>> {
  const rows = await tableOf(sandbox, 'ProjCDSCategories');
  return new Map(rows.map((row) => [`${row['dataAreaId']}/${row['CategoryId']}`, String(row['IntegrationId'])]));
}

/** What a consultant sets up in F&O for one expense category, in the given legal entities. */
export async function setUpCategory(
  sandbox: RunningSandbox,
  name: string,
  legalEntities: readonly string[] = LEGAL_ENTITIES,
  more: { readonly category?: Row; readonly projectCategory?: Row } = {},
): Promise<void> {
  const finops = finopsOf(sandbox);
  const uses = { UseInProject: 'Yes', UseInExpense: 'Yes' };
  await finops.create('SharedCategories', { CategoryId: name, CategoryName: name, ...uses });
  for (const dataAreaId of legalEntities) {
    const own = { dataAreaId, CategoryId: name };
    await finops.create('Categories', { ...own, SharedCategoryId: name, ...uses, ...more.category });
    const projectCategory = { dataAreaId, Category: name, TransactionType: 'Expense', ActiveInJournals: 'Yes' };
    await finops.create('ProjectCategories', { ...projectCategory, ...more.projectCategory });
    if (more.projectCategory?.['ActiveInJournals'] !== 'No') await finops.create('ProjCDSCategories', own);
  }
}
