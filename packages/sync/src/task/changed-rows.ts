import type { EntityMap } from '@isthmus/core';
import type { Descriptions } from '../preflight/index.js';

/** More than this many are not asked for one by one: the tasks that follow read everything. */
const MOST = 20_000;

/** A lookup that a mapping follows to the source entity of another task. */
export interface FollowedLookup {
  readonly hop: string;
  readonly entity: string;
  /** Path from the row to the primary key of the row that is followed to. */
  readonly idPath: string;
}

/**
 * Rows that a run has come across, by source entity. A row that refers to one of them may map to something else now,
 * although it has not changed itself and no delta mentions it.
 */
export class ChangedRows {
  private readonly ids = new Map<string, Set<string> | 'all'>();

  note(entity: string, ids: readonly string[]): void {
    const known = this.ids.get(entity) ?? new Set<string>();
    if (known === 'all') return;
    for (const id of ids) known.add(id);
    this.ids.set(entity, known.size > MOST ? 'all' : known);
  }

  noteAll(entity: string): void {
    this.ids.set(entity, 'all');
  }

  of(entity: string): 'all' | readonly string[] {
    const ids = this.ids.get(entity);
    return ids === 'all' ? 'all' : [...(ids ?? [])];
  }
}

/** First hops of the task's paths that lead to the source entity of one of `tasks`. */
export function followedLookups(
  task: EntityMap,
  paths: readonly string[],
  sources: Descriptions,
  tasks: readonly EntityMap[],
): FollowedLookup[] {
  const hops = new Set(paths.filter((path) => path.includes('.')).map((path) => path.slice(0, path.indexOf('.'))));
  const lookups = sources.get(task.source)?.lookups;
  return [...hops].flatMap((hop) =>
    (lookups?.get(hop) ?? []).flatMap((entity) => {
      const deliverer = tasks.find(({ source }) => source === entity);
      return deliverer ? [{ hop, entity, idPath: `${hop}.${deliverer.sourceId}` }] : [];
    }),
  );
}
