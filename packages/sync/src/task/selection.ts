import type { HeldFilter } from '@isthmus/core';
import type { TaskRecord } from './record.js';

/**
 * The part of the rows that a run is about. Such a run takes over nothing of what it learns of the others: it saves no
 * checkpoint, and the next run comes across the same changes again.
 */
export interface Selection {
  /** One record: integration key, several fields parted by slashes, or source id. */
  readonly key?: string | undefined;
  readonly legalEntity?: string | undefined;
  /** What is held and fits. */
  readonly held?: HeldFilter | undefined;
}

/** Single records are fetched one by one; a legal entity is read as always, and the rest is passed over. */
export const isSingled = ({ key, held }: Selection): boolean => key !== undefined || held !== undefined;

export const isSelected = ({ legalEntity }: Selection, record: Pick<TaskRecord, 'legalEntity'>): boolean =>
  legalEntity === undefined || record.legalEntity.toLowerCase() === legalEntity.toLowerCase();

export function describeSelection({ key, legalEntity, held }: Selection): string {
  const where = legalEntity === undefined ? '' : ` of ${legalEntity}`;
  if (key !== undefined) return `only the record ${key}${where}`;
  return held ? `only records that are held${where}` : `only records${where}`;
}
