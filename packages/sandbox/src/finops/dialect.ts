import type { Dialect } from '../odata/index.js';

export const NAMESPACE = 'Microsoft.Dynamics.DataEntities';

/** No `in`, no `has`, no functions: "contains" is a star inside the text. */
export const finopsDialect: Dialect = {
  namespace: NAMESPACE,
  operators: new Set(['and', 'or', 'eq', 'ne', 'gt', 'ge', 'lt', 'le', 'add', 'sub', 'mul', 'div', 'divby', 'mod']),
  functions: new Map(),
  starWildcard: true,
};
