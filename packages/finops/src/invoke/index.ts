export { invokeAction } from './invoke.js';
