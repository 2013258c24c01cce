export { definitionScope, definitionStore } from './definition-store.js';
