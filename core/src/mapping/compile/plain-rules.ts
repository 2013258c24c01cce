import type { Value } from '../../values/index.js';

/** True only where the rule certainly holds. False says nothing: the library is asked. */
export type CertainlyHolds = (value: Value) => boolean;

/** Longer texts, and texts with surrogates or variation selectors, are counted by the library. */
const PLAIN_TEXT = 256;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const PLAIN_NUMBER = /^-?\d{1,40}(?:\.\d{1,40})?$/;
const PLAIN_EMAIL = /^[a-z0-9_-]{1,30}(?:\.[a-z0-9_-]{1,30})?@(?:[a-z0-9]{1,30}\.){1,3}[a-z]{2,20}$/i;

/**
 * Plain checks that say "yes" at once for the ordinary value of the ordinary rule. They never refuse: whatever they are
 * not sure of goes to class-validator, so its rules keep their exact meaning.
 */
export function plainRule(name: string | undefined, constraints: readonly unknown[]): CertainlyHolds | undefined {
  const [first, second] = constraints;
  switch (name) {
    case 'isString':
      return (value) => typeof value === 'string';
    case 'isBoolean':
      return (value) => typeof value === 'boolean';
    case 'isInt':
      return (value) => typeof value === 'number' && Number.isSafeInteger(value);
    case 'isNumber':
      return (value) => typeof value === 'number' && Number.isSafeInteger(value);
    case 'isNotEmpty':
      return (value) => value !== '' && value !== null && value !== undefined;
    case 'isDefined':
      return (value) => value !== null && value !== undefined;
    case 'min':
      return (value) => typeof value === 'number' && typeof first === 'number' && value >= first;
    case 'max':
      return (value) => typeof value === 'number' && typeof first === 'number' && value <= first;
    case 'isIn':
      return Array.isArray(first) ? (value) => first.includes(value) : undefined;
    case 'maxLength':
      return lengthBetween(0, first);
    case 'minLength':
      return lengthBetween(first, PLAIN_TEXT);
    case 'isLength':
      return lengthBetween(first, second ?? PLAIN_TEXT);
    case 'matches':
      return first instanceof RegExp && !first.global && !first.sticky
        ? (value) => typeof value === 'string' && first.test(value)
        : undefined;
    case 'isUuid':
      return first === undefined || first === 'all'
        ? (value) => typeof value === 'string' && UUID.test(value)
        : undefined;
    case 'isNumberString':
      return first === undefined ? (value) => typeof value === 'string' && PLAIN_NUMBER.test(value) : undefined;
    case 'isEmail':
      return first === undefined ? (value) => typeof value === 'string' && PLAIN_EMAIL.test(value) : undefined;
    default:
      return undefined;
  }
}

/** What the library leaves out of the count only makes a text shorter, so an upper bound needs no counting. */
function lengthBetween(least: unknown, most: unknown): CertainlyHolds | undefined {
  if (typeof least !== 'number' || typeof most !== 'number') return undefined;
  if (least === 0) return (value) => typeof value === 'string' && value.length <= most;
  return (value) => typeof value === 'string' && value.length >= least && value.length <= most && isPlain(value);
}

/** Every code unit is a character of its own. */
function isPlain(text: string): boolean {
  if (text.length > PLAIN_TEXT) return false;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) >= 0xd800) return false;
  return true;
}
