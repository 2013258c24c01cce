import { nearest } from '@isthmus/core';
import { errors } from '../errors.js';
import { entityOf, type Entity } from './entity.js';
import type { LookupColumn } from './lookup-column.js';

/** A hop of a path, resolved. */
export interface Lookup extends Omit<LookupColumn, 'target'> {
  readonly target: Entity;
}

/**
 * Templates name a lookup by its attribute or by its navigation property, in any spelling; navigation properties
 * are case-sensitive on the wire and often differ from the attribute.
 *
 * @throws DATAVERSE_LOOKUP_UNKNOWN, DATAVERSE_LOOKUP_AMBIGUOUS
 */
export function lookupOf(entity: Entity, hop: string): Lookup {
  const folded = hop.toLowerCase();
  const byNavigation = entity.lookups.filter(({ navigation }) => navigation.toLowerCase() === folded);
  const matches =
    byNavigation.length > 0
      ? byNavigation
      : entity.lookups.filter(({ attribute }) => attribute.toLowerCase() === folded);
  const [found, another] = matches;
  if (another) {
    const choices = matches.map(({ navigation }) => navigation).join(', ');
    throw errors.DATAVERSE_LOOKUP_AMBIGUOUS({ entity: entity.set, hop, choices });
  }
  const type = found && entity.metadata.types.get(found.target);
  if (!type) {
    const known = entity.lookups.flatMap(({ attribute, navigation }) => [attribute, navigation]);
    throw errors.DATAVERSE_LOOKUP_UNKNOWN({ entity: entity.set, hop, nearest: nearest(hop, known) });
  }
  return { ...found, target: entityOf(type, entity.metadata) };
}
