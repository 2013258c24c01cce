import {
  keyText,
  type Agreements,
  type AwaitedRow,
  type CrossReference,
  type IsthmusError,
  type MappedRow,
  type Outcome,
  type SourceRow,
  type Value,
} from '@isthmus/core';
import { valueIn } from './differences.js';
import type { Break } from './circles.js';
import type { Conflict } from './conflict.js';

/** A source row on its way through the stages. Each stage adds what it found out. */
export interface TaskRecord {
  readonly sourceId: string;
  readonly source: SourceRow;
  mapped: MappedRow;
  legalEntity: string;
  /** Values of the integration key, in the mapping's order. */
  keyValues: readonly Value[];
  /** `keyText` of them. */
  key: string;
  /** What is wrong with it; a record with faults is quarantined. */
  readonly faults: IsthmusError[];
  /** The row that it waits for. */
  waitsFor?: AwaitedRow;
  /** Fields whose value that row will give. */
  unresolved?: Set<string>;
  /** It is written without a field that this row will give later. */
  later?: AwaitedRow;
  /** It waits for itself, and this is done about it. */
  broken?: Break;
  /** Fields that a person has given a value. */
  edited?: ReadonlySet<string>;
  /** The source row has changed since a person decided about it. */
  overtaken?: boolean;
  /** What is known of it from an earlier run. */
  known?: CrossReference | undefined;
  /** Hash of `mapped`. */
  hash: string;
  /** Of the fields that both sides may change: what they agree on from now on. */
  agreed?: Agreements;
  /** Fields that both sides have changed. */
  conflicts?: readonly Conflict[];
  /** Its row is gone from the source: this is about the one in the destination. */
  readonly gone?: true;
  outcome?: Outcome;
}

/** The source does not know the integration key yet. */
export const isKeyless = ({ keyValues }: Pick<TaskRecord, 'keyValues'>): boolean =>
  keyValues.every((value) => value === null || value === '');

/** The key of the row that the record turned out to be. */
export function takeKey(record: TaskRecord, values: readonly Value[]): void {
  record.keyValues = values;
  record.key = keyText(values);
}

export const valuesOf = (row: SourceRow, fields: readonly string[]): Value[] =>
  fields.map((field) => valueIn(row, field));

/** The record as people know it: its integration key, or its id where it has none. */
export const labelOf = (record: Pick<TaskRecord, 'keyValues' | 'sourceId'>): string =>
  record.keyValues.every((value) => value !== null && value !== '') ? record.keyValues.join('/') : record.sourceId;
