export { dependenciesOf, inRunOrder } from './dependencies.js';
export type { Dependency, Dependent } from './dependencies.js';
export { fingerprintOf } from './fingerprint.js';
export { circlesAmong, namesReferredTo, orderTasks } from './order.js';
export { Connections } from './connections.js';
export { legalEntitiesOf, resolveIntegration } from './resolve.js';
export type { Integration, Route } from './resolve.js';
