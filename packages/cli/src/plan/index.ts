export { printPlan } from './human.js';
export { markdownOf } from './markdown.js';
export { Outline } from './outline.js';
export { writesIn } from './words.js';
