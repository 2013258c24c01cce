export { Workbench } from './workbench.js';
