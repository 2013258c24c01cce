export { HasValues, Satisfies } from './decorators.js';
export { firstFault } from './first-fault.js';
