import 'reflect-metadata';
export { inject, injectable } from 'tsyringe';
export { Container } from './container.js';
export type { Provider } from './container.js';
export { containerErrors } from './errors.js';
export { token } from './token.js';
export type { Token } from './token.js';
