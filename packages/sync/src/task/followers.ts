import type { TaskScope } from '@isthmus/core';
import type { TaskRecord } from './record.js';
import { isWaiting } from './resolve.js';

/**
 * Records that wait for a record of the same batch which is about to be written, or for one that waits for such a one:
 * children that were read together with their parents. They go on as soon as those are settled. A circle has no sound
 * record to begin with, so none of it is among them.
 */
export function followersIn(
  scope: TaskScope,
  records: readonly TaskRecord[],
  sound: readonly TaskRecord[],
): ReadonlySet<TaskRecord> {
  const followers = new Set<TaskRecord>();
  let open = records.filter((record) => isWaiting(record) && isOwn(scope, record));
  const coming = { source: new Set<string>(), key: new Set<string>() };
  let fresh: readonly TaskRecord[] = sound;
  while (open.length > 0 && fresh.length > 0) {
    for (const { sourceId, key } of fresh) {
      coming.source.add(sourceId);
      coming.key.add(key);
    }
    fresh = open.filter(({ waitsFor }) => waitsFor && coming[waitsFor.by].has(waitsFor.key));
    for (const record of fresh) followers.add(record);
    open = open.filter((record) => !followers.has(record));
  }
  return followers;
}

const isOwn = ({ integration, task }: TaskScope, { waitsFor }: TaskRecord): boolean =>
  waitsFor?.integration === integration && waitsFor.task === task;

/** The record as it was before its references were resolved. */
export function begunAnew({ waitsFor: _awaited, unresolved: _fields, ...record }: TaskRecord): TaskRecord {
  return record;
}
