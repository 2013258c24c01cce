import { textFunctions, type Dialect } from '../odata/index.js';
import type { ResolvedFinopsSwitches } from './switches.js';

export const NAMESPACE = 'Microsoft.Dynamics.DataEntities';

/** No `in`, no `has`, and no functions that are documented: "contains" is a star inside the text. */
export const finopsDialect = (switches: ResolvedFinopsSwitches): Dialect => ({
  namespace: NAMESPACE,
  operators: new Set(['and', 'or', 'eq', 'ne', 'gt', 'ge', 'lt', 'le', 'add', 'sub', 'mul', 'div', 'divby', 'mod']),
  functions: new Map(switches.textFunctions === 'supported' ? Object.entries(textFunctions) : []),
  starWildcard: true,
  ownFieldsOnly: true,
});
