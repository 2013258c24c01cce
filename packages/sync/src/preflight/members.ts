import {
  nearest,
  valueOf,
  type EntityMap,
  type FieldMap,
  type HealthCheck,
  type Parameters,
  type Value,
} from '@isthmus/core';
import type { Descriptions } from './descriptions.js';

/**
 * Symbols that a value map, a constant or a default would write to an enumeration that does not have them: every record
 * that they are for would be refused.
 */
export function checkMembers(task: EntityMap, parameters: Parameters, destinations: Descriptions): HealthCheck[] {
  const fields = destinations.get(task.destination)?.fields;
  return task.fields.flatMap((field) => {
    const members = fields?.get(field.name)?.members;
    if (!members) return [];
    const strangers = [...new Set(writtenBy(field, parameters))].filter((symbol) => !members.includes(symbol));
    return strangers.map((symbol) => {
      const near = nearest(symbol, members);
      return {
        name: `${task.task}.${field.name}`,
        status: 'warning' as const,
        message: `${field.name} knows no '${symbol}'${near ? `; the nearest name is '${near}'` : ''} (it has ${members.join(', ')}).`,
        remedy: 'Correct the parameter or the value map, or add the symbol in the destination.',
      };
    });
  });
}

/** Texts that do not depend on the source row. */
function writtenBy({ source, valueMap, default: fallback }: FieldMap, parameters: Parameters): string[] {
  const values: (Value | undefined)[] = [
    ...(source.kind === 'constant' ? [valueOf(source.value, parameters)] : []),
    ...(valueMap ? [...Object.values(valueOf(valueMap.values, parameters)), valueMap.otherwise] : []),
    ...(fallback === undefined ? [] : [valueOf(fallback, parameters)]),
  ];
  return values.filter((value): value is string => typeof value === 'string' && value !== '');
}
