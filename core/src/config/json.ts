export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** A JSON Schema, draft 2020-12. */
export type JsonSchema = { readonly [keyword: string]: JsonValue };

/** What JSON keeps of a value; undefined where it keeps nothing. */
export function toJson(value: unknown): JsonValue | undefined {
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined ? undefined : (JSON.parse(text) as JsonValue);
}
