import type { HealthCheck, Prerequisite, PrerequisiteContext, SourceRow } from '@isthmus/core';

const PARAMETERS = 'ProjCDSParametersEntity';
const REMEDY =
  '`isthmus parameters check` says all that is missing, and `isthmus parameters set` sets it. Or, in F&O, open Project management and accounting > Setup > Project Service Automation integration parameters, in that legal entity.';

/** A field of the form that only some templates need. */
export type Category = 'TimeCategory' | 'FeeCategory';

const LABELS: Readonly<Record<Category, string>> = { TimeCategory: 'time category', FeeCategory: 'fee category' };

/** The form that must be filled in before F&O accepts anything from PSA, per legal entity. */
export const integrationParameters = (...categories: readonly Category[]): Prerequisite => ({
  title: [
    'Project Service Automation integration parameters are configured in every legal entity',
    withLabels(categories),
  ]
    .filter(Boolean)
    .join(', '),
  async check({ destination, legalEntities }) {
    const name = 'integration parameters';
    if (!(await destination.describe([PARAMETERS])).has(PARAMETERS)) {
      const message = 'The integration parameters are not exposed by this F&O, so they could not be checked.';
      return [{ name, status: 'warning', message, remedy: `${REMEDY} See that imports are allowed.` }];
    }
    const checks: HealthCheck[] = [];
    for (const legalEntity of legalEntities) {
      const fault = faultOf(await parametersIn(destination, legalEntity, categories), categories);
      checks.push(
        fault
          ? { name, status: 'failed', message: `${legalEntity}: ${fault}.`, remedy: REMEDY }
          : { name, status: 'ok', message: `${legalEntity}: configured.` },
      );
    }
    return checks;
  },
});

const withLabels = (categories: readonly Category[]): string =>
  categories.length === 0 ? '' : `with ${categories.map((category) => LABELS[category]).join(' and ')}`;

async function parametersIn(
  destination: PrerequisiteContext['destination'],
  legalEntity: string,
  categories: readonly Category[],
): Promise<SourceRow | undefined> {
  const paths = ['IntegrationEnabled', 'DefaultProjectType', ...categories];
  for await (const { rows } of destination.read({ entity: PARAMETERS, paths, filter: [], legalEntity })) {
    if (rows[0]) return rows[0];
  }
  return undefined;
}

function faultOf(parameters: SourceRow | undefined, categories: readonly Category[]): string | undefined {
  if (!parameters) return 'the integration parameters have never been set';
  const enabled = parameters['IntegrationEnabled'];
  if (enabled !== 'Yes' && enabled !== true) return 'import from the integrating system is not allowed';
  if (!parameters['DefaultProjectType']) return 'there is no default project type';
  const open = categories.find((category) => !parameters[category]);
  return open && `there is no ${LABELS[open]}`;
}

const CATEGORIES = 'ProjCDSCategoryEntity';

/** Expenses name their category by the PSA id that the category has in F&O. */
export const linkedCategories: Prerequisite = {
  title: 'Expense categories are linked in every legal entity (template expense-categories)',
  async check({ destination, legalEntities }) {
    const name = 'expense categories';
    if (!(await destination.describe([CATEGORIES])).has(CATEGORIES)) return [];
    const checks: HealthCheck[] = [];
    for (const legalEntity of legalEntities) {
      checks.push(
        (await hasLinked(destination, legalEntity))
          ? { name, status: 'ok', message: `${legalEntity}: linked.` }
          : {
              name,
              status: 'warning',
              message: `${legalEntity}: F&O has no category that is linked to PSA; every expense will be kept back.`,
              remedy: 'Run the template expense-categories first.',
            },
      );
    }
    return checks;
  },
};

async function hasLinked(destination: PrerequisiteContext['destination'], legalEntity: string): Promise<boolean> {
  const query = { entity: CATEGORIES, paths: ['IntegrationId'], filter: [], legalEntity };
  for await (const { rows } of destination.read(query)) {
    if (rows.some(({ IntegrationId: id }) => typeof id === 'string' && /[1-9a-f]/i.test(id))) return true;
  }
  return false;
}
