import type { JsonObject, JsonValue } from '@isthmus/odata';

export const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The rows of an answer to a query. */
export function rowsOf(body: JsonValue): JsonObject[] {
  const value = isObject(body) ? body['value'] : undefined;
  return Array.isArray(value) ? value.filter(isObject) : [];
}
