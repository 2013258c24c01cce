export { refusalOf } from './refusal.js';
