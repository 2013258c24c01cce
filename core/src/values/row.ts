/**
 * A value on its way from one system to the other.
 *
 * Decimals and 64-bit integers are **text**, the digits exactly as they came (never a double). Dates are text that
 * carries its kind: `2026-03-01` is a date, `2026-03-01T09:00:00Z` a moment. What a system sends for "empty"
 * (F&O: `""` and 1900-01-01) has become `null` before it gets here.
 */
export type Value = string | number | boolean | null;

/** A row as read; a lookup that was followed is a nested row, or null where it points at nothing. */
export interface SourceRow {
  readonly [field: string]: Value | SourceRow | undefined;
}

/** A row as it will be written: flat, destination field → value. */
export type DestinationRow = Readonly<Record<string, Value>>;
