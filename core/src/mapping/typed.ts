import type { Condition } from '../filter/index.js';
import type { Value } from '../values/index.js';
import {
  Computed,
  Conditional,
  From,
  is,
  isNot,
  isNotNull,
  isOneOf,
  LegalEntityOf,
  LookupByCrossReference,
  OfOrganization,
} from './decorators.js';
import type { ParameterReference } from './field-map.js';

/**
 * Every path through `Row` that ends in a value: its own fields, and the fields of the rows that its lookups point at.
 * Three lookups deep, which is as far as any template goes.
 */
export type PathOf<Row, Depth extends unknown[] = [1, 1, 1]> = {
  [Field in keyof Row & string]: NonNullable<Row[Field]> extends Value
    ? Field
    : Depth extends [unknown, ...infer Rest]
      ? `${Field}.${PathOf<NonNullable<Row[Field]>, Rest>}`
      : never;
}[keyof Row & string];

type ValueAt<Row, Path extends string> = Path extends `${infer Head}.${infer Rest}`
  ? Head extends keyof Row
    ? ValueAt<NonNullable<Row[Head]>, Rest>
    : Value
  : Path extends keyof Row
    ? Row[Path]
    : Value;

type ValuesAt<Row, Paths extends readonly string[]> = { -readonly [I in keyof Paths]: ValueAt<Row, Paths[I]> };

/** The decorators and conditions with paths that the compiler knows: a wrong one does not compile. */
export interface FieldsOf<Row> {
  From(...paths: [PathOf<Row> | ParameterReference, ...(PathOf<Row> | ParameterReference)[]]): PropertyDecorator;
  Computed<const Paths extends readonly PathOf<Row>[]>(
    paths: Paths,
    compute: (values: ValuesAt<Row, Paths>) => Value,
  ): PropertyDecorator;
  Conditional: typeof Conditional;
  LookupByCrossReference(
    task: string,
    path: PathOf<Row>,
    options?: { readonly leftOutToo?: boolean },
  ): PropertyDecorator;
  LegalEntityOf(path: PathOf<Row>): PropertyDecorator;
  OfOrganization(path: PathOf<Row>): PropertyDecorator;
  is<Path extends PathOf<Row>>(path: Path, value: ValueAt<Row, Path> & Value): Condition;
  isNot<Path extends PathOf<Row>>(path: Path, value: ValueAt<Row, Path> & Value): Condition;
  isNotNull(path: PathOf<Row>): Condition;
  isOneOf<Path extends PathOf<Row>>(path: Path, values: readonly (ValueAt<Row, Path> & Value)[]): Condition;
  /** A path as text, checked. */
  path(path: PathOf<Row>): string;
}

/** `const { From } = fieldsOf<SalesOrder>();` */
export function fieldsOf<Row>(): FieldsOf<Row> {
  return {
    From,
    Computed: Computed as FieldsOf<Row>['Computed'],
    Conditional,
    LookupByCrossReference,
    LegalEntityOf,
    OfOrganization,
    is,
    isNot,
    isNotNull,
    isOneOf,
    path: (path) => path,
  };
}
