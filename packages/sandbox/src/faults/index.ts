export { controlRoutes } from './control-routes.js';
export type { Controls } from './control-routes.js';
export type { Fault, StandingFault } from './fault.js';
export { FaultPlan } from './fault-plan.js';
export type { Disturbable } from './fault-plan.js';
export { FAULT_KINDS, SYSTEMS } from './kinds.js';
export type { FaultKind, System } from './kinds.js';
export { RequestLog } from './request-log.js';
export type { LogEntry, LoggedRequest } from './request-log.js';
