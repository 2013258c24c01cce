import { textFunctions, type Dialect } from '../odata/index.js';
import { dateFunctions, hierarchyFunctions, userFunctions, valueFunctions } from './functions/index.js';
import type { ResolvedSwitches } from './switches.js';

export const NAMESPACE = 'Microsoft.Dynamics.CRM';

const queryFunctions = { ...valueFunctions, ...dateFunctions, ...hierarchyFunctions, ...userFunctions };

/** What `$filter` means in Dataverse. */
export const dialectFor = ({ quotedGuids }: ResolvedSwitches): Dialect => ({
  namespace: NAMESPACE,
  operators: new Set(['and', 'or', 'eq', 'ne', 'gt', 'ge', 'lt', 'le']),
  functions: new Map([
    ...Object.entries(textFunctions),
    ...Object.entries(queryFunctions).map(([name, compile]) => [`${NAMESPACE}.${name}`, compile] as const),
  ]),
  starWildcard: false,
  columnsOfOneRow: true,
  bareGuidsOnly: !quotedGuids,
});
