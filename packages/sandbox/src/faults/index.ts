export { controlRoutes } from './control-routes.js';
export type { Controls } from './control-routes.js';
export { FAULT_KINDS, SYSTEMS } from './fault.js';
export type { Fault, FaultKind, StandingFault, System } from './fault.js';
export { FaultPlan } from './fault-plan.js';
export type { Disturbable } from './fault-plan.js';
export { RequestLog } from './request-log.js';
export type { LoggedRequest } from './request-log.js';
