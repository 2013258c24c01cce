import type { Value } from '../values/index.js';
import type { EntityMap, FieldMap } from './field-map.js';

/** The task with the filter in force (what the parameters narrow it to is part of it), and fields as they name them. */
export function withParameters(entity: EntityMap, parameters: Readonly<Record<string, unknown>>): EntityMap {
  const added = (entity.narrowedBy ?? []).flatMap(({ path, parameter }) => {
    const values = parameters[parameter];
    return Array.isArray(values) && values.length > 0 ? [{ path, is: 'in' as const, values: values as Value[] }] : [];
  });
  const fields = entity.fields.flatMap((field) => named(field, parameters));
  return { ...entity, fields, filter: [...entity.filter, ...added] };
}

function named(field: FieldMap, parameters: Readonly<Record<string, unknown>>): FieldMap[] {
  if (field.namedBy === undefined) return [field];
  const name = parameters[field.namedBy];
  return typeof name === 'string' && name !== '' ? [{ ...field, name }] : [];
}
