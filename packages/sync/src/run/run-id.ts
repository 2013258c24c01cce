import { randomBytes } from 'node:crypto';

/** Sorts by time, and reads well in a table: `20261123-184211-3fa9`. */
export function newRunId(now: Date): string {
  const digits = now.toISOString().replace(/[-:]/g, '');
  return `${digits.slice(0, 8)}-${digits.slice(9, 15)}-${randomBytes(2).toString('hex')}`;
}
