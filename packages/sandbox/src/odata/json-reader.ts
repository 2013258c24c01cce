import { isLosslessNumber, parse } from 'lossless-json';
import { Refusal } from './refusal.js';

/** A JSON object as it was sent. Numbers that a double cannot hold are kept as {@link Numeral}. */
export type JsonObject = Record<string, unknown>;

/** The text of a JSON number with more digits than a double can give back. */
export class Numeral {
  constructor(readonly text: string) {}
}

/** Up to 15 significant digits come out of a double as they went in; a longer run of digits and points may not. */
const LONG_NUMERAL = /[\d.]{16}/;

/** Reads a body that must be an object, without losing a digit. */
export function readJson(body: string): JsonObject {
  const value = parseExactly(body);
  if (!isObject(value)) throw new Refusal(400, '0x80048d19', 'The request body must be a JSON object.');
  return value;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Numeral);
}

/** The digits of a value that is a number, or a text that may be one (IEEE754Compatible); undefined for others. */
export function numeralOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return value;
  return value instanceof Numeral ? value.text : undefined;
}

/** A value that is a number, as a double. */
export function numberOf(value: unknown): number | undefined {
  return value instanceof Numeral ? Number(value.text) : typeof value === 'number' ? value : undefined;
}

const exactNumber = (text: string): number | Numeral => (LONG_NUMERAL.test(text) ? new Numeral(text) : Number(text));

/** Objects and lists may stand inside of each other this deep. */
const MAX_DEPTH = 100;

/** A body of fewer characters cannot be that deep. */
const SHALLOW = 2 * MAX_DEPTH;

/** Looks before anything is built: a reader that calls itself for each level would end with the stack. */
function refuseDeep(body: string): void {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < body.length; at++) {
    const code = body.charCodeAt(at);
    if (code === 34) inText = !inText;
    else if (inText) at += code === 92 ? 1 : 0;
    else if (code === 123 || code === 91) {
      if (++depth > MAX_DEPTH) throw new Refusal(400, '0x80048d19', 'The request body is nested too deeply.');
    } else if (code === 125 || code === 93) depth--;
  }
}

function parseExactly(body: string): unknown {
  if (body.length > SHALLOW) refuseDeep(body);
  try {
    if (!LONG_NUMERAL.test(body)) return JSON.parse(body);
    return parse(body, (_key, value) => (isLosslessNumber(value) ? exactNumber(value.toString()) : value));
  } catch {
    throw new Refusal(400, '0x80048d19', 'The request body is not valid JSON.');
  }
}
