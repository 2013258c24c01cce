export { Aftercare } from './aftercare.js';
export { serviceErrors } from './errors.js';
export { nextRun } from './next-run.js';
export { ServicePlugin } from './plugin.js';
export { serve } from './serve.js';
export type { ServeRequest, Serving } from './serve.js';
