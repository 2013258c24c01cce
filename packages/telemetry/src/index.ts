export { telemetryErrors } from './errors.js';
export { TelemetryPlugin } from './plugin.js';
export { observed } from './telemetry.js';
