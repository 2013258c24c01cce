import type { EntityDescription, FieldDescription } from '@isthmus/core';
import { LEGAL_ENTITY, lookupsOf, type Entity, type Field } from './entity.js';

/**
 * What the framework wants to know of an entity.
 *
 * @param modified field that holds when a row was last changed, where there is one
 */
export function descriptionOf(entity: Entity, modified?: Field): EntityDescription {
  const fields = new Map([...entity.fields.values()].map((field) => [field.name, fieldDescription(entity, field)]));
  const lookups = new Map(lookupsOf(entity).map(({ name, target }) => [name, [targetName(entity, target)]]));
  const { name, set, key, perLegalEntity } = entity;
  return { entity: name, set, key, perLegalEntity, changeTracking: modified !== undefined, fields, lookups };
}

/** Numbers, enums and dates cannot be absent in this system, so only keys and texts are ever required. */
function fieldDescription(entity: Entity, field: Field): FieldDescription {
  const { name, type, maxLength, nullable, readOnly, members } = field;
  const isKey = entity.key.includes(name);
  return {
    name,
    type,
    required: isKey || (type === 'text' && !nullable && name !== LEGAL_ENTITY && !readOnly),
    readOnly,
    ...whenNull(type),
    ...(type === 'dateTime' ? { dayAt: 'noon' as const } : {}),
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(members === undefined ? {} : { members }),
  };
}

/** A number is stored as 0 where null is written; an enum or a flag keeps the value that it has. */
function whenNull(type: FieldDescription['type']): Pick<FieldDescription, 'whenNull'> {
  if (type === 'decimal' || type === 'integer') return { whenNull: 'zero' };
  return type === 'enum' || type === 'boolean' ? { whenNull: 'kept' } : {};
}

const targetName = (entity: Entity, target: string): string => entity.metadata.types.get(target)?.set ?? target;
