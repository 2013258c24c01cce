import type { SourceRow } from '@isthmus/core';
import type { TaskContext } from './context.js';
import type { Pipeline } from './pipeline.js';

/** Ids that one request asks for when single rows are read again. */
const IDS = 200;

/** Rows of the source, all of them or what has changed. @returns the token for the next time */
export async function takeSource(
  context: TaskContext,
  pipeline: Pipeline,
  token: string | undefined,
): Promise<string | undefined> {
  const { source, mapping, signal, events, scope } = context;
  const { entity, paths } = mapping;
  let next: string | undefined;
  let restarted = false;
  const query = { entity: entity.source, paths, filter: entity.filter, trackChanges: true, signal };
  for await (const page of source.read(token === undefined ? query : { ...query, changesSince: token })) {
    if (page.restarted) {
      restarted = true;
      events.emit('notice', { ...scope, message: 'The change token has expired; every row is read instead.' });
    }
    await pipeline.take(page.rows);
    await takeDeleted(context, page.deleted);
    next = page.token ?? next;
  }
  await pipeline.drain();
  if (token === undefined || restarted) await takeVanished(context);
  return next;
}

/** A full read has come across every row there is: what is held from before and was not among them is gone. */
async function takeVanished(context: TaskContext): Promise<void> {
  const { store, scope, runId } = context;
  for await (const records of store.held.list(scope)) {
    const vanished = records.filter((record) => record.runId !== runId);
    await takeDeleted(
      context,
      vanished.map(({ sourceId }) => sourceId),
    );
  }
}

/** A row that is gone from the source is left alone in the destination, and no longer waited for. */
async function takeDeleted({ store, scope, runId, tally }: TaskContext, deleted: readonly string[]): Promise<void> {
  if (deleted.length === 0) return;
  tally.took(deleted.length);
  await store.settle({ ...scope, runId, crossReferences: [], held: [], released: deleted, forgotten: [] });
  tally.settled('filtered', deleted.length);
}

/** Quarantined records, read afresh: what was wrong may have been put right in a row that they refer to. */
export async function reread(context: TaskContext, pipeline: Pipeline): Promise<void> {
  const { store, scope, source, mapping, signal } = context;
  for await (const records of store.held.list({ ...scope, state: 'quarantined' })) {
    for (let from = 0; from < records.length; from += IDS) {
      const values = records.slice(from, from + IDS).map(({ sourceId }) => sourceId);
      const filter = [{ path: mapping.entity.sourceId, is: 'in' as const, values }];
      const query = { entity: mapping.entity.source, paths: mapping.paths, filter, signal };
      for await (const page of source.read(query)) await pipeline.take(page.rows);
    }
  }
  await pipeline.drain();
}

/** Records whose awaited row has arrived, without reading the source again; as often as that sets others free. */
export async function takeReleased(context: TaskContext, pipeline: Pipeline): Promise<void> {
  const { store, scope } = context;
  for (let released = Infinity; released > 0;) {
    released = 0;
    for await (const records of store.held.ready(scope)) {
      released += records.length;
      await pipeline.take(records.map(({ source }): SourceRow => source));
      await pipeline.drain();
    }
  }
}
