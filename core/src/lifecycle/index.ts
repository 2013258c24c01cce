export { lifecycleErrors } from './errors.js';
export { LIFECYCLE } from './lifecycle.js';
export type { Hook, HookContexts, HookName, Hooks } from './lifecycle.js';
export { LifecycleRunner } from './runner.js';
