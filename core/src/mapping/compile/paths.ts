import type { EntityMap, FieldMap } from '../field-map.js';
import { pathsOf } from './read.js';
import type { Parameters } from './settings.js';

/** Where the organisational unit that decides a record's legal entity is looked for, in order. */
export const organizationPaths = ({ organization = [] }: Pick<EntityMap, 'organization'>): readonly string[] =>
  typeof organization === 'string' ? [organization] : organization;

/** Every path that must be read from the source for a task. */
export function pathsRead(entity: EntityMap, parameters: Parameters): string[] {
  const paths = [
    entity.sourceId,
    ...entity.filter.map(({ path }) => path),
    ...organizationPaths(entity),
    ...(entity.creates || []).map(({ path }) => path),
    ...entity.fields.flatMap((field) => pathsOfField(field, parameters)),
  ];
  return [...new Set(paths)].sort();
}

const pathsOfField = ({ source, organization, needs }: FieldMap, parameters: Parameters): string[] => [
  ...pathsOf(source, parameters),
  ...(organization === undefined ? [] : [organization]),
  ...(needs?.where ?? []).map(({ path }) => path),
];
