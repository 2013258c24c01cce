/**
 * JSON as this package reads it: a number is always a safe integer; every other number (decimals, 64-bit integers
 * beyond 2^53) is text, the digits exactly as they came.
 */
export type JsonValue = string | number | boolean | null | JsonObject | readonly JsonValue[];

export interface JsonObject {
  readonly [name: string]: JsonValue | undefined;
}
