import type { StateKind } from '@isthmus/core';

/** All that is remembered of a task. */
export const KINDS: readonly StateKind[] = ['checkpoint', 'reference', 'held', 'ruling'];
