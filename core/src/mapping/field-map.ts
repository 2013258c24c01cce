import type { Condition } from '../filter/index.js';
import type { SourceRow, Value } from '../values/index.js';

/** A value, or the name of the template parameter that holds it. */
export type Setting<T> = T | ParameterReference;

export interface ParameterReference {
  readonly parameter: string;
}

/** `@Constant(parameter('sourceDataId'))`: the value is the template parameter's. */
export const parameter = (name: string): ParameterReference => ({ parameter: name });

export const isParameterReference = (setting: unknown): setting is ParameterReference =>
  typeof setting === 'object' && setting !== null && typeof (setting as ParameterReference).parameter === 'string';

/** Where a field's value comes from. */
export type FieldSource =
  /** The first of the paths that has a value. */
  | { readonly kind: 'from'; readonly paths: readonly Setting<string>[] }
  | { readonly kind: 'constant'; readonly value: Setting<Value> }
  | { readonly kind: 'conditional'; readonly branches: readonly Branch[]; readonly otherwise: Value }
  | { readonly kind: 'computed'; readonly paths: readonly string[]; readonly compute: Compute }
  /** The integration key of the row that another task made of the source row whose id stands at `path`. */
  | {
      readonly kind: 'cross-reference';
      readonly path: string;
      readonly task: string;
      /** Where that row is left out on purpose, so is the record; otherwise it waits. */
      readonly leftOutToo?: boolean;
    }
  /** The legal entity of the organisational unit named at `path`; empty where it is the record's own. */
  | { readonly kind: 'legal-entity'; readonly path: string };

export interface Branch {
  /** All must hold. */
  readonly when: readonly Condition[];
  readonly then: Setting<Value>;
}

export type Compute = (values: readonly Value[]) => Value;

/** What kind of value the destination wants; decides the canonical spelling that is hashed, compared and sent. */
export type ValueKind = 'asIs' | 'decimal' | 'date' | 'dateTime' | 'guid';

/** A row of the destination system that a value names. */
export interface DestinationLookup {
  /** Its entity, as on the wire. */
  readonly entity: string;
  /** The field that holds the value. */
  readonly key: string;
}

export interface ValueMapping {
  readonly values: Setting<Readonly<Record<string, Value>>>;
  /** For values that the map does not have; without it such a value is a fault. */
  readonly otherwise?: Value;
}

/** One property of a mapping class, as data. The rc file's overrides make new ones of these. */
export interface FieldMap {
  /** Destination field, as on the wire. */
  readonly name: string;
  readonly source: FieldSource;
  /** Part of the integration key. */
  readonly key: boolean;
  /** Off unless the integration's `fields` switches it on. */
  readonly optional: boolean;
  readonly as: ValueKind;
  readonly valueMap?: ValueMapping;
  /** Used where nothing else gives a value. */
  readonly default?: Setting<Value>;
  /** Longest text in characters; the rest is cut off. */
  readonly truncate?: number;
  /** The value is the integration key of a row that this task delivers; the record waits until it is there. */
  readonly refersTo?: string;
  /** Path to the organisational unit in whose legal entity the row referred to lies, where it isn't the record's own. */
  readonly organization?: string;
  /** What the destination must hold for this value. */
  readonly needs?: Need;
  /** The value names a row of the destination system; the field gets that row's id. */
  readonly lookup?: DestinationLookup;
  /** Ties the rows of both sides together: written also where the destination's values hold. */
  readonly link?: boolean;
  /**
   * Both sides may change the field: what only one has changed stays. Where both have, the value of the side with this
   * role holds, or the record is kept until a person has decided (`ask`).
   */
  readonly master?: Setting<string>;
  /** The parameter that names the destination field, in the place of the property; left out where it is empty. */
  readonly namedBy?: string;
}

/** A row that must be in the destination before a record is taken there: master data, or what another row must be like. */
export interface Need {
  /** As in "there is no … in USSI": `expense category linked to`. */
  readonly what: string;
  /** Destination entity. */
  readonly entity: string;
  /** Its field that holds the value. */
  readonly field: string;
  /** Its fields that must have one of the given values. */
  readonly having?: Readonly<Record<string, readonly Value[]>>;
  /** The source rows that need it; all unless given. */
  readonly where?: readonly Condition[];
  /** Where the value is an id: the source entity whose row it is, its key, and the field that people know it by. */
  readonly named?: { readonly entity: string; readonly key: string; readonly field: string };
  /** What a consultant does where it is missing. */
  readonly remedy: string;
}

/** A condition that a parameter switches on: only rows whose value at `path` is one of those that it lists. */
export interface Narrowing {
  readonly path: string;
  /** A list of values; all rows where it is empty. */
  readonly parameter: string;
}

/** Roles of the two systems, as the connection set names them. */
export interface Direction {
  readonly from: string;
  readonly to: string;
}

/**
 * What becomes of a row of the destination whose source row is gone: it stays, is deleted, or gets these values (a status,
 * `statecode` and `statuscode`).
 */
export type OnDelete = 'ignore' | 'delete' | { readonly deactivate: Readonly<Record<string, Value>> };

/** One task of a template: a mapping class, as data. */
export interface EntityMap {
  readonly task: string;
  readonly title: string;
  /** Source entity, as on the wire. */
  readonly source: string;
  /** Primary key of the source entity. */
  readonly sourceId: string;
  readonly destination: string;
  /** Where the task goes another way than its template. */
  readonly direction?: Direction;
  /** Rows belong to no organisational unit: each goes to every legal entity of the organisation mapping. */
  readonly everyLegalEntity?: boolean;
  /** Rows that may be created (all must hold); others only change what is there. `false`: none. All unless given. */
  readonly creates?: readonly Condition[] | false;
  /** Fields that find the row where its integration key is not known yet: it may be empty, and is learned. */
  readonly naturalKey?: readonly string[];
  /**
   * Role of the side whose values hold. Where that is the source, every run compares with the destination, and not only
   * with what was written last; where it is the destination, rows that are there get nothing but their links.
   */
  readonly master?: Setting<string>;
  /** `ignore` unless given. */
  readonly onDelete?: OnDelete;
  readonly filter: readonly Condition[];
  readonly narrowedBy?: readonly Narrowing[];
  /** Path to the name of the organisational unit that decides the legal entity; of several, the first that has one. */
  readonly organization?: string | readonly string[];
  readonly fields: readonly FieldMap[];
  /** The decorated class: class-validator's and class-transformer's rules hang on it. */
  readonly target: MappingClass;
}

export type MappingClass = new () => object;

export type PathReader = (row: SourceRow) => Value;
