export { printPlan } from './human.js';
export { markdownOf } from './markdown.js';
export { Outline } from './outline.js';
export { valueText, writesIn } from './words.js';
