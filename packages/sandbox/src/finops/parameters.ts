import type { EntityModel } from '../model/index.js';
import type { Store } from '../store/index.js';
import { fieldOf } from './draft.js';
import { rowRefused } from './refusals.js';

const PARAMETERS = 'ProjCDSParameters';

/** The entities through which Project Service Automation is configured, and not integrated. */
const CONFIGURATION = new Set([
  PARAMETERS,
  'ProjCDSProjectGroupDefaults',
  'ProjCDSBillingTypeDefaults',
  'ProjCDSLockingOptions',
]);

const isIntegration = ({ name, set }: EntityModel): boolean => name.startsWith('ProjCDS') && !CONFIGURATION.has(set);

/** Nothing comes in before the company's integration parameters allow it. */
export function requireIntegration(model: EntityModel, company: string, store: Store): void {
  if (!isIntegration(model) || fieldOf(store, PARAMETERS, [company], 'IntegrationEnabled') === 'Yes') return;
  throw rowRefused(
    model,
    'Error',
    `The Project Service Automation integration parameters are not configured in company '${company}'. ` +
      'Import from the integrating system is not allowed.',
  );
}

export const defaultProjectType = (store: Store, company: string) =>
  fieldOf(store, PARAMETERS, [company], 'DefaultProjectType');

export const defaultProjectGroup = (store: Store, company: string, projectType: string) =>
  fieldOf(store, 'ProjCDSProjectGroupDefaults', [company, projectType], 'ProjectGroup');

export const linePropertyOf = (store: Store, company: string, billingType: string) =>
  fieldOf(store, 'ProjCDSBillingTypeDefaults', [company, billingType], 'LinePropertyId');
