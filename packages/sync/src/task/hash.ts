import { hash } from 'node:crypto';
import type { MappedRow } from '@isthmus/core';

/** Equal rows hash alike: the mapping fixes the order of the fields, and the values are in canonical spelling. */
export const hashOf = (legalEntity: string, mapped: MappedRow): string =>
  hash('sha1', legalEntity + JSON.stringify(mapped), 'base64url');

/** Short, for any JSON. */
export const digestOf = (parts: readonly unknown[]): string => hash('sha1', JSON.stringify(parts), 'base64url');

/** The same id for the same name: a GUID of version 8, whose bits are free (RFC 9562). */
export function guidOf(name: readonly unknown[]): string {
  const digits = hash('sha256', JSON.stringify(name), 'hex');
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `8${digits.slice(13, 16)}`,
    `a${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join('-');
}
