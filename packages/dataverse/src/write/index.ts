export { Writer } from './write.js';
