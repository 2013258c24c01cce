import type { Value } from '../values/index.js';

export type Comparison = 'eq' | 'ne';

/**
 * One condition on a field of the source row. A task's filter is a list of them, all of which must hold: simple enough
 * to be sent to the server, and to be tested here where the server can't (change tracking bars `$filter`).
 */
export type Condition =
  | { readonly path: string; readonly is: Comparison; readonly value: Value }
  | { readonly path: string; readonly is: 'in'; readonly values: readonly Value[] };
