export { startSandbox } from './sandbox.js';
export type { RunningSandbox } from './sandbox.js';
export type { SandboxOptions } from './options.js';
export { documentedLimits } from './limits/index.js';
export type { DailyRequests, ServiceProtectionLimits, UserUsage } from './limits/index.js';
export type { DataverseSwitches } from './dataverse/index.js';
export { FAULT_KINDS, SYSTEMS } from './faults/index.js';
export type { Fault, FaultKind, LoggedRequest, StandingFault, System } from './faults/index.js';
export { awkwardRows } from './company/index.js';
