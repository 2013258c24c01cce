import type { SourceRow, StateStore, TaskScope } from '@isthmus/core';
import { digestOf } from './hash.js';
import type { TaskRecord } from './record.js';

/** More rows than this have changed: what they look like is learnt when they change again. */
const MOST = 20_000;

/**
 * What the rows of a task look like to those that refer to them. A row that has changed, but not in what is read through
 * a lookup to it, is no reason to read them.
 */
export class Sight {
  /** Kept when the tasks that read them have run: until then, a run that dies must come across the rows again. */
  private readonly pending = new Map<string, string>();

  /**
   * @param paths what other tasks read of a row
   * @param first nothing has been read so far: should this run die, the next one reads everything
   */
  constructor(
    private readonly store: Pick<StateStore, 'digests'>,
    private readonly scope: TaskScope,
    private readonly paths: readonly string[],
    private readonly first: boolean,
  ) {}

  /** Those of the records that look different, or that nothing is known of. */
  async news(records: readonly TaskRecord[]): Promise<readonly TaskRecord[]> {
    const { store, scope } = this;
    const seen = new Map(records.map((record) => [record.sourceId, this.digestOf(record)]));
    if (this.first) {
      await store.digests.keep(scope, seen);
      return records;
    }
    const known = await store.digests.bySource(scope, [...seen.keys()]);
    const news = records.filter(({ sourceId }) => known.get(sourceId) !== seen.get(sourceId));
    const stale = news.map(({ sourceId }) => sourceId).filter((sourceId) => known.has(sourceId));
    if (stale.length > 0) await store.digests.forget(scope, stale);
    for (const { sourceId } of news) {
      const digest = seen.get(sourceId);
      if (digest !== undefined && this.pending.size < MOST) this.pending.set(sourceId, digest);
      else this.pending.delete(sourceId);
    }
    return news;
  }

  async forget(sourceIds: readonly string[]): Promise<void> {
    for (const sourceId of sourceIds) this.pending.delete(sourceId);
    await this.store.digests.forget(this.scope, sourceIds);
  }

  /** The tasks that refer to the rows have read what they had to. */
  async keep(): Promise<void> {
    if (this.pending.size > 0) await this.store.digests.keep(this.scope, this.pending);
    this.pending.clear();
  }

  /** Whether it is left out, and under which key it is known, matters to those that refer to it as well. */
  private digestOf({ source, outcome, legalEntity, keyValues }: TaskRecord): string {
    const values = this.paths.map((path) => valueAt(source, path.split('.')));
    return digestOf([this.paths, values, outcome === 'filtered', legalEntity, keyValues]);
  }
}

/** Behind a lookup to a row that may not be read there is something else than nothing. */
function valueAt(row: SourceRow, hops: readonly string[]): unknown {
  let value: unknown = row;
  for (const hop of hops) {
    if (value === null || typeof value !== 'object') return value;
    value = (value as SourceRow)[hop] ?? (hop in value ? null : 'unreadable');
  }
  return value;
}
