export { syncErrors } from './errors.js';
export { Connections, dependenciesOf, inRunOrder, orderTasks, resolveIntegration } from './integration/index.js';
export type { Dependency, Integration, Route } from './integration/index.js';
export { checkPrerequisites, preflight } from './preflight/index.js';
export type { BothSides, Connect, Preflight } from './preflight/index.js';
export { apply } from './apply/index.js';
export type { Applied, ApplyRequest } from './apply/index.js';
export { isEntry, isTotals, isUnchanged, plan, WRITES } from './plan/index.js';
export type {
  Change,
  PlanAction,
  PlanEntry,
  PlanLine,
  PlannedUnchanged,
  PlanRequest,
  PlanTotals,
} from './plan/index.js';
export { CONFLICTS, resolveConflicts, Workbench } from './quarantine/index.js';
export type { Resolution } from './quarantine/index.js';
export { run, withLeases } from './run/index.js';
export type { RunRequest } from './run/index.js';
export { conflictsAmong } from './task/index.js';
export type { Conflict, Selection } from './task/index.js';
