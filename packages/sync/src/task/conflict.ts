import type { EntityMap, IsthmusError, Value } from '@isthmus/core';
import { syncErrors } from '../errors.js';
import type { ConflictingField } from './merge.js';

/** A field that both sides have changed since they last agreed, in the names that the template gives the sides. */
export interface Conflict {
  readonly field: string;
  /** What both had then; left out where they never agreed. */
  readonly last?: Value;
  /** Side → what it has now. */
  readonly values: Readonly<Record<string, Value>>;
  /** The side whose value holds; left out where a person has to decide. */
  readonly kept?: string;
}

/** What the template calls the side that a task reads, and the one that it writes. */
export const sidesOf = ({ direction }: EntityMap) => ({
  source: direction?.from ?? 'source',
  destination: direction?.to ?? 'destination',
});

export function conflictIn(entity: EntityMap, conflicting: ConflictingField): Conflict {
  const { field, last, source, destination, kept } = conflicting;
  const sides = sidesOf(entity);
  return {
    field,
    ...(last === undefined ? {} : { last }),
    values: { [sides.source]: source, [sides.destination]: destination },
    ...(kept ? { kept: sides[kept] } : {}),
  };
}

export const conflictError = (conflict: Conflict): IsthmusError =>
  syncErrors.RECORD_CONFLICT(conflict, { place: { field: conflict.field } });

/** @param errors of a held record, as it keeps them */
export function conflictsAmong(errors: readonly unknown[]): Conflict[] {
  return errors.flatMap((kept) => {
    const { code, details } = kept as { readonly code?: string; readonly details?: Conflict };
    return code === 'RECORD_CONFLICT' && details ? [details] : [];
  });
}
