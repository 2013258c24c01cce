import type { IsthmusError } from '../../errors/index.js';
import type { EntityDescription, FieldDescription } from '../../ports/index.js';
import type { SourceRow, Value } from '../../values/index.js';
import { mappingErrors } from '../errors.js';
import type { FieldMap, MappingClass, ValueMapping } from '../field-map.js';
import { conversionFor, type ConversionContext } from './convert.js';
import { compileSource } from './read.js';
import { valueOf, type Parameters } from './settings.js';
import { compileTransforms } from './transform.js';

export interface FieldContext extends ConversionContext {
  readonly parameters: Parameters;
  readonly target: MappingClass;
  readonly source?: EntityDescription | undefined;
  /** What the live metadata says of the destination field, where it has been asked. */
  readonly description?: FieldDescription | undefined;
}

/** Reads, maps and converts one field; what is wrong with the value goes to `faults`. */
export type FieldReader = (row: SourceRow, faults: IsthmusError[]) => Value;

type Step = (value: Value, row: SourceRow, faults: IsthmusError[]) => Value;

export function compileField(field: FieldMap, context: FieldContext): FieldReader {
  const read = compileSource(field.source, context.parameters);
  const transform = compileTransforms(context.target, field.name);
  const compiled = inOrder(read, stepsOf(field, transform, context));
  // Only code of the template's own can throw.
  return field.source.kind === 'computed' || transform ? guarded(compiled, field.name) : compiled;
}

/** Most fields are copied as they are: no step, no loop. */
function inOrder(read: (row: SourceRow) => Value, steps: readonly Step[]): FieldReader {
  const [first, second] = steps;
  if (!first) return read;
  if (!second) return (row, faults) => first(read(row), row, faults);
  return (row, faults) => steps.reduce((value, step) => step(value, row, faults), read(row));
}

function guarded(compiled: FieldReader, field: string): FieldReader {
  return (row, faults) => {
    try {
      return compiled(row, faults);
    } catch (thrown) {
      const message = thrown instanceof Error ? thrown.message : String(thrown);
      faults.push(mappingErrors.RECORD_MAPPING_FAILED({ message }, { place: { field }, cause: thrown }));
      return null;
    }
  };
}

function stepsOf(field: FieldMap, transform: Step | undefined, context: FieldContext): Step[] {
  const steps: Step[] = [];
  if (field.valueMap) steps.push(valueMapStep(field, field.valueMap, context.parameters));
  if (transform) steps.push(transform);
  if (field.default !== undefined) {
    const fallback = valueOf(field.default, context.parameters);
    steps.push((value) => (value === null || value === '' ? fallback : value));
  }
  // The id of a row that is looked up comes later; until then the value is the row's key.
  const type = field.lookup ? undefined : context.description?.type;
  const conversion = conversionFor(field.as, type, { ...context, carried: carriedIn(field, context.source) });
  if (conversion) steps.push(conversionStep(field, conversion));
  const { truncate } = field;
  if (truncate !== undefined) steps.push((value) => (typeof value === 'string' ? cut(value, truncate) : value));
  return steps;
}

/** How the source carries the value of a field that is copied. */
export function carriedIn({ source }: FieldMap, entity: EntityDescription | undefined): FieldDescription | undefined {
  const path = source.kind === 'from' ? source.paths[0] : undefined;
  return typeof path === 'string' ? entity?.fields.get(path) : undefined;
}

function valueMapStep(field: FieldMap, mapping: ValueMapping, parameters: Parameters): Step {
  const values = new Map(Object.entries(valueOf(mapping.values, parameters)));
  const known = [...values.keys()].join(', ');
  const place = { field: field.name };
  return (value, _row, faults) => {
    if (value === null || value === '') return null;
    const mapped = values.get(String(value));
    if (mapped !== undefined) return mapped;
    if (mapping.otherwise !== undefined) return mapping.otherwise;
    faults.push(mappingErrors.RECORD_VALUE_UNMAPPED({ value: String(value), known }, { place }));
    return null;
  };
}

function conversionStep(field: FieldMap, { wanted, convert }: NonNullable<ReturnType<typeof conversionFor>>): Step {
  const place = { field: field.name };
  return (value, _row, faults) => {
    if (value === null || value === '') return null;
    const converted = convert(value);
    if (converted !== undefined) return converted;
    faults.push(mappingErrors.RECORD_VALUE_WRONG_KIND({ value: String(value), wanted }, { place }));
    return null;
  };
}

/** Never cuts a surrogate pair in two. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}
