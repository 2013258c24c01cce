export interface CompanyOptions {
  /** Same seed, same company, byte for byte, on every machine. */
  seed: number;
  /** 1 is demo size; rows grow linearly. Held between 0.1 and 10,000. */
  scale: number;
}

/**
 * A row as the system stores it. Edm.Decimal is text digits; a lookup is `_x_value`, a polymorphic one has `_x_type` (logical
 * name of the target) beside it. A column that isn't there is empty.
 */
export type Row = Record<string, string | number | boolean | null>;

/** Rows that are made while they are read; may be read again, and from any row on. */
export interface RowSource {
  /** @param first index of the first row to give; 0 unless told */
  (first?: number): Iterable<Row>;
  readonly size: number;
  /** Primary key of the row at an index, where it is known without making the row. */
  readonly idAt?: (index: number) => string | undefined;
}

/** What each system holds on the first day, by entity set. Every set of the model has an entry. */
export interface Company {
  psa: Map<string, RowSource>;
  finops: Map<string, RowSource>;
}
