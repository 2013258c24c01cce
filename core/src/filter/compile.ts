import { canonicalDecimal, compilePath, type SourceRow, type Value } from '../values/index.js';
import type { Condition } from './condition.js';

export type Predicate = (row: SourceRow) => boolean;

/** All conditions must hold. Texts compare as both systems compare them: without regard to case. */
export function compileFilter(conditions: readonly Condition[]): Predicate {
  const tests = conditions.map(compileCondition);
  if (tests.length === 0) return () => true;
  return (row) => tests.every((test) => test(row));
}

function compileCondition(condition: Condition): Predicate {
  const read = compilePath(condition.path);
  if (condition.is === 'in') {
    const comparable = spellingFor(condition.values);
    const wanted = new Set(condition.values.map(comparable));
    return (row) => wanted.has(comparable(read(row)));
  }
  const comparable = spellingFor([condition.value]);
  const wanted = comparable(condition.value);
  const holds = condition.is === 'eq';
  return (row) => (comparable(read(row)) === wanted) === holds;
}

const asText = (value: Value): Value => (typeof value === 'string' ? value.toLowerCase() : value);

/** Numbers and their digits are the same value: which of the two a system sends is its own affair. */
const asNumber = (value: Value): Value =>
  value === null || typeof value === 'boolean' ? value : (canonicalDecimal(String(value)) ?? value);

/** What the condition compares with says which of the two it means: the text '007' is not the number 7. */
const spellingFor = (values: readonly Value[]): typeof asText =>
  values.some((value) => typeof value === 'number') ? asNumber : asText;

/** As people and `templates show` read it. */
export function describeFilter(conditions: readonly Condition[]): string {
  return conditions
    .map((condition) =>
      condition.is === 'in'
        ? `(${condition.values.map((value) => `${condition.path} eq ${literal(value)}`).join(' or ')})`
        : `${condition.path} ${condition.is} ${literal(condition.value)}`,
    )
    .join(' and ');
}

const literal = (value: Value): string =>
  typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
