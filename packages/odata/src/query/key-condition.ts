import { isIsthmusError, type Value } from '@isthmus/core';

/** A property of a key. */
export interface KeyProperty {
  readonly name: string;
  /** Undefined where the value has no literal. Throws ODATA_LITERAL_INVALID where it is none of the type. */
  literal(value: Value): string | undefined;
}

/** `a eq 1`, or `(a eq 1 and b eq 2)`; undefined for a key that no row can have. */
export function keyCondition(key: readonly KeyProperty[], values: readonly Value[]): string | undefined {
  const tests: string[] = [];
  for (const [i, property] of key.entries()) {
    const literal = literalOf(property, values[i] ?? null);
    if (literal === undefined) return undefined;
    tests.push(`${property.name} eq ${literal}`);
  }
  return tests.length === 1 ? tests[0] : `(${tests.join(' and ')})`;
}

function literalOf(property: KeyProperty, value: Value): string | undefined {
  try {
    return property.literal(value);
  } catch (thrown) {
    if (isIsthmusError(thrown) && thrown.code === 'ODATA_LITERAL_INVALID') return undefined;
    throw thrown;
  }
}
