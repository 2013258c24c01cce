/** Decimals and Int64 are their digits, dates ISO text, guids lower case, enum members their symbol. */
export type Value = string | number | boolean | null;

/** Never changed in place: an update puts a new row under the same id, so that undoing it is putting the old one back. */
export interface StoredRow {
  /** Position in the table; rises with insertion and is never used again. */
  readonly id: number;
  readonly version: number;
  readonly values: readonly Value[];
}

/** A row that is gone, for those who ask what changed. */
export interface Deletion {
  readonly version: number;
  readonly key: string;
}
