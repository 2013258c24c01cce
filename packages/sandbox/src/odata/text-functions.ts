import type { FilterFunction } from './operand.js';
import { Refusal } from './refusal.js';
import { likeMatcher } from './wildcards.js';

const invalid = (message: string) => new Refusal(400, '0x80060888', message);

/** `contains(name,'soft')` and its kin. */
const like =
  (before: boolean, after: boolean): FilterFunction =>
  (call, bind) => {
    const [where, what] = call.arguments;
    if (!where || what?.kind !== 'literal') throw invalid(`The function '${call.name}' takes a property and a text.`);
    const { read } = bind(where);
    const matches = likeMatcher(what.text, before, after);
    return (row) => {
      const value = read(row);
      return value !== null && matches(String(value));
    };
  };

export const textFunctions: Readonly<Record<string, FilterFunction>> = {
  contains: like(true, true),
  startswith: like(false, true),
  endswith: like(true, false),
};
