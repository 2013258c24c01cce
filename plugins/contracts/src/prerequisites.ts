import type { HealthCheck, Prerequisite, PrerequisiteContext, SourceRow } from '@isthmus/core';

const PARAMETERS = 'ProjCDSParametersEntity';
const REMEDY =
  'In F&O, open Project management and accounting > Setup > Project Service Automation integration parameters, in that legal entity.';

/** The form that must be filled in before F&O accepts anything from PSA, per legal entity. */
export const integrationParameters: Prerequisite = {
  title: 'Project Service Automation integration parameters are configured in every legal entity',
  async check({ destination, legalEntities }) {
    const name = 'integration parameters';
    if (!(await destination.describe([PARAMETERS])).has(PARAMETERS)) {
      const message = 'The integration parameters are not exposed by this F&O, so they could not be checked.';
      return [{ name, status: 'warning', message, remedy: `${REMEDY} See that imports are allowed.` }];
    }
    const checks: HealthCheck[] = [];
    for (const legalEntity of legalEntities) {
      const fault = faultOf(await parametersIn(destination, legalEntity));
      checks.push(
        fault
          ? { name, status: 'failed', message: `${legalEntity}: ${fault}.`, remedy: REMEDY }
          : { name, status: 'ok', message: `${legalEntity}: configured.` },
      );
    }
    return checks;
  },
};

async function parametersIn(
  destination: PrerequisiteContext['destination'],
  legalEntity: string,
): Promise<SourceRow | undefined> {
  const paths = ['IntegrationEnabled', 'DefaultProjectType'];
  for await (const { rows } of destination.read({ entity: PARAMETERS, paths, filter: [], legalEntity })) {
    if (rows[0]) return rows[0];
  }
  return undefined;
}

function faultOf(parameters: SourceRow | undefined): string | undefined {
  if (!parameters) return 'the integration parameters have never been set';
  const enabled = parameters['IntegrationEnabled'];
  if (enabled !== 'Yes' && enabled !== true) return 'import from the integrating system is not allowed';
  return parameters['DefaultProjectType'] ? undefined : 'there is no default project type';
}

/** Contracts and projects name customers, which another integration keeps in step. */
export const accountsOnBothSides: Prerequisite = {
  title: 'Accounts (customers) exist on both sides',
  async check({ source, destination, legalEntities }) {
    const name = 'accounts';
    const remedy = 'Synchronise accounts and customers first.';
    const checks: HealthCheck[] = [];
    if ((await source.count('accounts')) === 0) {
      checks.push({ name, status: 'failed', message: 'PSA has no accounts.', remedy });
    }
    for (const legalEntity of legalEntities) {
      const count = await destination.count('CustomersV3', legalEntity);
      checks.push(
        count === 0
          ? { name, status: 'failed', message: `${legalEntity}: F&O has no customers.`, remedy }
          : { name, status: 'ok', message: `${legalEntity}: customers exist.` },
      );
    }
    return checks;
  },
};
