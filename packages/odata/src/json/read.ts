import { errors } from '../errors.js';
import { excerpt, isWebPage } from '../excerpt.js';
import { quoteInexactNumbers } from './exact.js';
import type { JsonObject, JsonValue } from './value.js';

const SHOWN = 60;

/**
 * Reads the body of an answer without letting a decimal pass through a double, whether or not the service honoured
 * `IEEE754Compatible=true`.
 *
 * @param status of the answer, for the error
 */
export function readJson(text: string, status = 200): JsonValue {
  try {
    return JSON.parse(quoteInexactNumbers(text)) as JsonValue;
  } catch (cause) {
    if (isWebPage(text)) throw errors.ODATA_WEB_PAGE({ status, excerpt: excerpt(text) }, { cause });
    const reason = text.trim() === '' ? 'it is empty' : 'it breaks off or is malformed';
    throw errors.ODATA_BODY_TORN({ reason, length: text.length, ending: text.slice(-SHOWN) }, { cause });
  }
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
