import { compileFilter } from '../../filter/index.js';
import { compilePath, type SourceRow, type Value } from '../../values/index.js';
import type { FieldSource, PathReader } from '../field-map.js';
import { valueOf, type Parameters } from './settings.js';

/** Where a field's raw value comes from, as a plain function. */
export function compileSource(source: FieldSource, parameters: Parameters): PathReader {
  switch (source.kind) {
    case 'from':
      return firstOf(fromPaths(source, parameters).map(compilePath));
    case 'constant': {
      const value = valueOf(source.value, parameters);
      return () => value;
    }
    case 'conditional': {
      const branches = source.branches.map(({ when, then }) => ({
        holds: compileFilter(when),
        then: valueOf(then, parameters),
      }));
      return (row) => branches.find(({ holds }) => holds(row))?.then ?? source.otherwise;
    }
    case 'computed': {
      const readers = source.paths.map(compilePath);
      return (row) => source.compute(readers.map((read) => read(row)));
    }
    case 'cross-reference':
    case 'legal-entity':
      // Filled in later: only the store, or the organisation mapping, knows.
      return () => null;
  }
}

/** The first of the paths that has a value. */
export const compilePaths = (paths: readonly string[]): PathReader => firstOf(paths.map(compilePath));

function firstOf(readers: readonly PathReader[]): PathReader {
  const [first, ...others] = readers;
  if (!first) return () => null;
  if (others.length === 0) return first;
  return (row: SourceRow): Value => {
    const value = first(row);
    if (!isEmpty(value)) return value;
    for (const read of others) {
      const other = read(row);
      if (!isEmpty(other)) return other;
    }
    return null;
  };
}

const isEmpty = (value: Value): boolean => value === null || value === '';

/** A path that is a parameter left empty is left out. */
function fromPaths(source: FieldSource & { kind: 'from' }, parameters: Parameters): string[] {
  return source.paths.map((path) => valueOf(path, parameters)).filter(Boolean);
}

/** Every path that the source of a field reads. */
export function pathsOf(source: FieldSource, parameters: Parameters): string[] {
  switch (source.kind) {
    case 'from':
      return fromPaths(source, parameters);
    case 'constant':
      return [];
    case 'conditional':
      return source.branches.flatMap(({ when }) => when.map(({ path }) => path));
    case 'computed':
      return [...source.paths];
    case 'cross-reference':
    case 'legal-entity':
      return [source.path];
  }
}
