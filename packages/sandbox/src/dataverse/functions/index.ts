export { dateFunctions } from './dates.js';
export { hierarchyFunctions } from './hierarchy.js';
export { userFunctions } from './users.js';
export { valueFunctions } from './values.js';
