export { applyChanges, planChanges } from './change.js';
export type { SettingChange } from './change.js';
export { checkForm } from './check.js';
export { readForm } from './settings.js';
export type { Form, Settings } from './settings.js';
