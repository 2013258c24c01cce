import type { Value } from '@isthmus/core';
import { entityPath, literal } from '@isthmus/odata';
import { fieldOf, lookupOf, type Entity } from '../entities/index.js';
import { errors } from '../errors.js';

export interface Binding {
  /** Navigation property, in its exact spelling. */
  readonly navigation: string;
  /** Address of the row that the lookup is to point at; null clears it. */
  address(value: Value): string | null;
}

/**
 * How a lookup is written: by the id of the row it points at, or by the value of the one alternate key of one column
 * that the other table has.
 *
 * @param field attribute or navigation property
 */
export function bindingOf(entity: Entity, field: string): Binding {
  const { navigation, target } = lookupOf(entity, field);
  const keys = target.type.alternateKeys.filter((key) => key.length === 1);
  const [column, another] = keys.flat();
  const keyField = column !== undefined && another === undefined ? fieldOf(target, column) : undefined;
  return {
    navigation,
    address(value) {
      if (value === null) return null;
      const text = String(value);
      if (isGuid(text)) return `/${entityPath(target.set, literal.guid(text))}`;
      if (keyField) return `/${entityPath(target.set, { [keyField.name]: keyField.literal(value) })}`;
      throw errors.DATAVERSE_LOOKUP_VALUE_UNUSABLE({ field, entity: target.set, value: text });
    },
  };
}

/** By its outline, which no number or code of a business has. */
const isGuid = (text: string): boolean =>
  text.length === 36 && text[8] === '-' && text[13] === '-' && text[18] === '-' && text[23] === '-';
