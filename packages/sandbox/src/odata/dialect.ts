import type { Schema, Store } from '../store/index.js';
import type { Operator } from './expression.js';
import type { FilterFunction } from './operand.js';

/** What the two systems make differently of the same protocol. */
export interface Dialect {
  /** Of types, enumerations and functions. */
  readonly namespace: string;
  readonly operators: ReadonlySet<Operator>;
  /** Functions that `$filter` knows, by full name. */
  readonly functions: ReadonlyMap<string, FilterFunction>;
  /** `Name eq '*retail*'` means "contains". */
  readonly starWildcard: boolean;
  /** A guid in quotes is a text, and does not compare with a guid. */
  readonly bareGuidsOnly?: boolean;
  /** A column compares with another one of the same row, and of the same type. */
  readonly columnsOfOneRow?: boolean;
  /** `$filter` and `$orderby` reach no other row than the one at hand. */
  readonly ownFieldsOnly?: boolean;
}

/** Where an expression is bound: whose rows, in which system. */
export interface Scope {
  readonly store: Store;
  readonly dialect: Dialect;
  /** Enumerations of the system: name → symbols. */
  readonly enums: ReadonlyMap<string, readonly string[]>;
  /** Inside `any`/`all`: the name that stands for the row of the collection. */
  readonly variable?: string | undefined;
  /** Who asks, where the system knows. */
  readonly user?: string | undefined;
  /** Told of every other table that a path leads to; refuses where it may not be entered. */
  readonly enter?: (target: Schema) => void;
  /** The clock; that of the machine unless told. */
  readonly now?: () => number;
}
