export { isEntry, isTotals, isUnchanged, PLAN_FORMAT, WRITES } from './format.js';
export type {
  Change,
  PlanAction,
  PlanDigest,
  PlanEntry,
  PlanHeader,
  PlanLine,
  PlannedIntegration,
  PlannedReason,
  PlannedUnchanged,
  PlanTotals,
} from './format.js';
export { checkpointMark, headerOf } from './header.js';
export { plan } from './plan.js';
export { readPlan } from './plan-file.js';
export type { PlanFile } from './plan-file.js';
export type { PlanRequest } from './plan.js';
