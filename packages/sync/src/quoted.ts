import type { Value } from '@isthmus/core';

/** A value in a sentence. */
export const quoted = (value: Value): string => (value === null || value === '' ? 'empty' : `'${value}'`);
