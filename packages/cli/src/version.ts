import { fileURLToPath } from 'node:url';
import { packageOf } from '@isthmus/core';

/** Of this package. */
export const VERSION = packageOf(fileURLToPath(import.meta.url))?.version ?? '0.0.0';
