import type { Value } from '../values/index.js';
import type { EntityMap } from './field-map.js';

/** The task with the filter in force: what the parameters narrow it to is part of it. */
export function withParameters(entity: EntityMap, parameters: Readonly<Record<string, unknown>>): EntityMap {
  const added = (entity.narrowedBy ?? []).flatMap(({ path, parameter }) => {
    const values = parameters[parameter];
    return Array.isArray(values) && values.length > 0 ? [{ path, is: 'in' as const, values: values as Value[] }] : [];
  });
  return { ...entity, filter: [...entity.filter, ...added] };
}
