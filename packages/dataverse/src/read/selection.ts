import type { Expand } from '@isthmus/odata';
import { fieldOf, lookupOf, type Entity, type Field, type Lookup } from '../entities/index.js';
import { errors } from '../errors.js';

/** What a set of paths asks for, resolved: the columns of a row, and of the rows that its lookups point at. */
export interface Selection {
  readonly entity: Entity;
  readonly fields: readonly Field[];
  readonly lookups: readonly SelectedLookup[];
}

export interface SelectedLookup extends Lookup {
  /** Name under which the row stands in its parent: as the paths have it. */
  readonly hop: string;
  readonly inner: Selection;
  /** It can mean rows of one table only: an id that finds none there leads nowhere. */
  readonly sole: boolean;
}

/** More than this the service does not expand in one query. */
export const MAX_EXPANDS = 15;

/** @throws DATAVERSE_FIELD_UNKNOWN, DATAVERSE_LOOKUP_UNKNOWN, DATAVERSE_LOOKUP_AMBIGUOUS, DATAVERSE_LOOKUP_TWICE */
export function selectionOf(entity: Entity, paths: readonly string[]): Selection {
  const fields = new Map<string, Field>();
  const inner = new Map<string, string[]>();
  for (const path of paths) {
    const dot = path.indexOf('.');
    const first = dot < 0 ? path : path.slice(0, dot);
    if (dot < 0) fields.set(first, fieldOf(entity, first));
    else inner.set(first, [...(inner.get(first) ?? []), path.slice(dot + 1)]);
  }
  const lookups = [...inner].map(([hop, rest]) => {
    if (fields.has(hop)) throw errors.DATAVERSE_LOOKUP_TWICE({ entity: entity.set, hop });
    const lookup = lookupOf(entity, hop);
    const sole = entity.lookups.filter(({ column }) => column === lookup.column).length === 1;
    return { ...lookup, hop, sole, inner: selectionOf(lookup.target, rest) };
  });
  return { entity, fields: [...fields.values()], lookups };
}

/** The primary key is asked for always, so that no list is empty: an empty one would ask for everything. */
export const columnsOf = ({ entity, fields, lookups }: Selection): string[] => [
  ...new Set([
    entity.id,
    ...fields.map(({ column }) => column),
    ...lookups.filter(({ sole }) => sole).map(({ column }) => column),
  ]),
];

/** @throws DATAVERSE_TOO_MANY_LOOKUPS */
export function expandsOf(selection: Selection): Expand[] {
  const count = countLookups(selection);
  if (count > MAX_EXPANDS) {
    throw errors.DATAVERSE_TOO_MANY_LOOKUPS({ entity: selection.entity.set, count, allowed: MAX_EXPANDS });
  }
  return selection.lookups.map(({ navigation, inner }) => ({
    navigation,
    select: columnsOf(inner),
    expand: expandsOf(inner),
  }));
}

export const countLookups = ({ lookups }: Selection): number =>
  lookups.reduce((count, { inner }) => count + 1 + countLookups(inner), 0);
