import type { EntityDescription, FieldDescription } from '@isthmus/core';
import type { Entity, Field } from './entity.js';

/** What the framework wants to know of a table. */
export function descriptionOf(entity: Entity): EntityDescription {
  const fields = [...entity.fields.values()].map((field) => fieldDescription(entity, field));
  return {
    entity: entity.set,
    set: entity.set,
    key: [entity.id],
    perLegalEntity: false,
    changeTracking: entity.type.changeTracking === true,
    fields: new Map(fields.map((field) => [field.name, field])),
    lookups: targetsOf(entity),
  };
}

/** By attribute, with all tables that it may point at, and by navigation property. */
function targetsOf({ lookups, metadata }: Entity): Map<string, string[]> {
  const targets = new Map<string, string[]>();
  for (const { attribute, navigation, target } of lookups) {
    const set = metadata.types.get(target)?.set ?? target;
    for (const name of new Set([attribute, navigation])) targets.set(name, [...(targets.get(name) ?? []), set]);
  }
  return targets;
}

/** The id of a new row may be given, but need not be. */
function fieldDescription(entity: Entity, { name, type, maxLength, nullable, readOnly }: Field): FieldDescription {
  const required = !nullable && !readOnly && name !== entity.id;
  return { name, type, required, readOnly, ...(maxLength === undefined ? {} : { maxLength }) };
}
