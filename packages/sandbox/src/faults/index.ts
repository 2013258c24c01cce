export { controlRoutes } from './control-routes.js';
export type { Controls } from './control-routes.js';
export { FaultPlan } from './faults.js';
export type { Fault, FaultKind, System } from './faults.js';
export { RequestLog } from './request-log.js';
export type { LoggedRequest } from './request-log.js';
