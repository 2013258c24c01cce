import type { SourceRow, Value } from './row.js';

/** Compiles a dotted path into a reader. A lookup that points at nothing reads as null. */
export function compilePath(path: string): (row: SourceRow) => Value {
  const steps = path.split('.');
  const [first = '', second] = steps;
  if (second === undefined) return (row) => scalar(row[first]);
  if (steps.length === 2) return (row) => scalar(follow(row[first])?.[second]);
  return (row) => {
    let at: SourceRow | undefined = row;
    for (let i = 0; i < steps.length - 1 && at; i++) at = follow(at[steps[i] ?? '']);
    return scalar(at?.[steps.at(-1) ?? '']);
  };
}

type Read = SourceRow[string];

const scalar = (value: Read): Value =>
  value === undefined || (typeof value === 'object' && value !== null) ? null : value;

const follow = (value: Read): SourceRow | undefined =>
  typeof value === 'object' && value !== null ? value : undefined;
