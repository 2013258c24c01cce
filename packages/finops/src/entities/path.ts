import { errors } from '../errors.js';
import { fieldOf, lookupOf, type Entity, type Field, type Lookup } from './entity.js';

/** A path, resolved against the metadata. */
export interface ResolvedPath {
  readonly field: Field;
  /** The lookup that leads to the row with the field, with its name as the path has it. */
  readonly lookup?: Lookup & { readonly hop: string };
}

/** @throws FINOPS_FIELD_UNKNOWN, FINOPS_LOOKUP_UNKNOWN, FINOPS_PATH_TOO_LONG */
export function resolvePath(entity: Entity, path: string): ResolvedPath {
  const [first = '', second, third] = path.split('.');
  if (second === undefined) return { field: fieldOf(entity, first) };
  if (third !== undefined) throw errors.FINOPS_PATH_TOO_LONG({ path });
  const lookup = lookupOf(entity, first);
  return { field: fieldOf(lookup.target, second), lookup: { ...lookup, hop: first } };
}
