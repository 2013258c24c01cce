import { keyText, type Connector, type HealthCheck, type Prerequisite, type SourceRow } from '@isthmus/core';

const SHARED = 'SharedCategoryEntity';
const CATEGORY = 'CategoryEntity';
const PROJECT_CATEGORY = 'ProjectCategoryEntity';

/** The form calls the type Expense; whether its symbol is that or the older Cost is not documented. */
const EXPENSE_TYPES: readonly unknown[] = ['Expense', 'Cost'];

const REMEDY =
  'In F&O, enable the shared category for Project and Expense (Project management and accounting > Setup > Categories > Shared categories), and set the project category up in that legal entity: use in expense, active in journals, transaction type Expense.';

/** What F&O must have before a category of PSA can be linked to it, for every category and legal entity at once. */
export const categoriesInFinops: Prerequisite = {
  title: 'The categories of PSA are set up in F&O, in every legal entity (where PSA masters them)',
  async check({ source: finops, destination: psa, legalEntities, parameters }) {
    if (parameters['master'] !== 'psa') return [];
    const name = 'expense categories';
    const known = await finops.describe([SHARED, CATEGORY, PROJECT_CATEGORY]);
    if (!known.has(CATEGORY) || !known.has(PROJECT_CATEGORY)) {
      const message = 'The categories are not exposed by this F&O, so their set-up could not be checked.';
      return [{ name, status: 'warning', message, remedy: REMEDY }];
    }
    const wanted = await categoriesOf(psa);
    const shared = known.has(SHARED) ? await rowsOf(finops, SHARED, 'CategoryId', [], wanted) : undefined;
    const checks: HealthCheck[] = [];
    for (const legalEntity of legalEntities) {
      const setUp = await setUpIn(finops, legalEntity, wanted);
      const faults = wanted.flatMap((category) => faultsOf(category, setUp, shared));
      checks.push(
        faults.length === 0
          ? { name, status: 'ok', message: `${legalEntity}: every category of PSA is set up.` }
          : { name, status: 'warning', message: `${legalEntity}: ${faults.join('; ')}.`, remedy: REMEDY },
      );
    }
    return checks;
  },
};

type Rows = ReadonlyMap<string, SourceRow>;

interface SetUp {
  readonly categories: Rows;
  readonly projectCategories: Rows;
}

async function categoriesOf(psa: Connector): Promise<string[]> {
  const names = new Set<string>();
  const query = { entity: 'msdyn_transactioncategories', paths: ['msdyn_name'], filter: [] };
  for await (const { rows } of psa.read(query)) {
    for (const { msdyn_name: name } of rows) if (typeof name === 'string') names.add(name);
  }
  return [...names].sort();
}

async function setUpIn(finops: Connector, legalEntity: string, wanted: readonly string[]): Promise<SetUp> {
  const uses = ['UseInExpense', 'UseInProject'];
  const [categories, projectCategories] = await Promise.all([
    rowsOf(finops, CATEGORY, 'CategoryId', uses, wanted, legalEntity),
    rowsOf(finops, PROJECT_CATEGORY, 'Category', ['ActiveInJournals', 'TransactionType'], wanted, legalEntity),
  ]);
  return { categories, projectCategories };
}

const rowsOf = (
  finops: Connector,
  entity: string,
  key: string,
  fields: readonly string[],
  wanted: readonly string[],
  legalEntity?: string,
): Promise<Rows> =>
  finops.find({
    entity,
    key: [key],
    values: wanted.map((value) => [value]),
    fields,
    ...(legalEntity === undefined ? {} : { legalEntity }),
  });

/** A category that F&O uses for hours, items or fees, and not for expenses, is none of this template's business. */
function faultsOf(name: string, { categories, projectCategories }: SetUp, shared: Rows | undefined): string[] {
  const id = keyText([name]);
  const category = categories.get(id);
  const project = projectCategories.get(id);
  const faults: string[] = [];
  if (shared && !shared.has(id)) faults.push('is no shared category');
  if (!category) faults.push('is not set up');
  if (!project) faults.push('is no project category');
  if (category && project) {
    const isExpense = EXPENSE_TYPES.includes(project['TransactionType']);
    const used = isYes(category['UseInExpense']);
    if (!isExpense && !used) return [];
    if (!used) faults.push('has use in expense off');
    if (!isYes(category['UseInProject'])) faults.push('has use in project off');
    if (!isYes(project['ActiveInJournals'])) faults.push('is not active in journals');
    if (!isExpense) faults.push(`has the transaction type ${String(project['TransactionType'])}, not Expense`);
  }
  return faults.length === 0 ? [] : [`${name} ${faults.join(', ')}`];
}

const isYes = (value: SourceRow[string]): boolean => value === 'Yes' || value === true;
