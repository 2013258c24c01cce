export { syncErrors } from './errors.js';
export { Connections, dependenciesOf, inRunOrder, orderTasks, resolveIntegration } from './integration/index.js';
export type { Dependency, Integration, Route } from './integration/index.js';
export { checkPrerequisites, preflight } from './preflight/index.js';
export type { BothSides, Connect, Preflight } from './preflight/index.js';
export { isEntry, isTotals, plan, WRITES } from './plan/index.js';
export type { Change, PlanAction, PlanEntry, PlanLine, PlanRequest, PlanTotals } from './plan/index.js';
export { run } from './run/index.js';
export type { RunRequest } from './run/index.js';
