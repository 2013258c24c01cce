import { hash } from 'node:crypto';
import type { MappedRow } from '@isthmus/core';

/** Equal rows hash alike: the mapping fixes the order of the fields, and the values are in canonical spelling. */
export const hashOf = (legalEntity: string, mapped: MappedRow): string =>
  hash('sha1', legalEntity + JSON.stringify(mapped), 'base64url');
