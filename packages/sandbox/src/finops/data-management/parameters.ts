import type { JsonObject } from '../../odata/index.js';
import { badRequest } from '../refusals.js';

/** What an action was given. */
export class Parameters {
  constructor(private readonly given: JsonObject) {}

  text(name: string): string {
    const value = this.given[name];
    if (typeof value !== 'string') throw badRequest(`The parameter '${name}' in the request payload is not a text.`);
    return value;
  }

  flag(name: string): boolean {
    const value = this.given[name];
    if (typeof value !== 'boolean')
      throw badRequest(`The parameter '${name}' in the request payload is not a boolean.`);
    return value;
  }

  /** A whole number from 0 up. */
  number(name: string): number {
    const value = this.given[name];
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0)
      throw badRequest(`The parameter '${name}' in the request payload is not a whole number of 0 or more.`);
    return value;
  }
}
