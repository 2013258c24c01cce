export { ConnectionWatch } from './connection-watch.js';
export { HealthEndpoint } from './endpoint.js';
export { readiness } from './readiness.js';
