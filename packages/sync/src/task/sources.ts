import type { HeldRecord, SourceRow } from '@isthmus/core';
import type { TaskContext } from './context.js';
import { takeDeleted } from './gone.js';
import type { Pipeline } from './pipeline.js';
import { isSelected } from './selection.js';
import type { SeenIds } from './seen-ids.js';
import { rowsWhere, rowsWithIds } from './rows-where.js';
import { sourceIdOf } from './source-id.js';

/** Rows of the source, all of them or what has changed. @returns the token for the next time */
export async function takeSource(
  context: TaskContext,
  pipeline: Pipeline,
  token: string | undefined,
): Promise<string | undefined> {
  const { source, mapping, signal, events, scope, store, legalEntity } = context;
  const { entity, paths } = mapping;
  const delivered = (await store.crossReferences.count(scope)) > 0;
  let seen = token === undefined && delivered ? pipeline.watch() : undefined;
  // Noted before the first row is taken: what refers to these rows has to be read as well, whatever happens here.
  if (token === undefined) context.changed.noteAll(entity.source);
  let next: string | undefined;
  let restarted = false;
  const query = {
    entity: entity.source,
    paths,
    filter: entity.filter,
    trackChanges: true,
    signal,
    ...within(legalEntity),
  };
  for await (const page of source.read(token === undefined ? query : { ...query, changesSince: token })) {
    if (page.restarted) {
      restarted = true;
      if (delivered) seen = pipeline.watch();
      context.changed.noteAll(entity.source);
      events.emit('notice', { ...scope, message: 'The change token has expired; every row is read instead.' });
    }
    if (page.deleted.length > 0 && !context.selection) {
      // A deleted row may be in a batch that is still under way. Its number may be among the new rows of the page.
      await pipeline.drain();
      await takeDeleted(
        context,
        page.deleted.map((id) => sourceIdOf(context, id)),
      );
    }
    await pipeline.take(page.rows);
    next = page.token ?? next;
  }
  await pipeline.drain();
  // A part of the rows says nothing of what is gone.
  if ((token === undefined || restarted) && !context.selection) await takeVanished(context, seen);
  return next;
}

const within = (legalEntity: string | undefined) => (legalEntity === undefined ? {} : { legalEntity });

/** A full read has come across every row there is: what was delivered or is held, and was not among them, is gone. */
async function takeVanished(context: TaskContext, seen: SeenIds | undefined): Promise<void> {
  const { store, scope, runId, legalEntity } = context;
  for await (const records of store.held.outlines({ ...scope, ...within(legalEntity) })) {
    const vanished = records.filter((record) => record.runId !== runId && !record.gone);
    await takeDeleted(
      context,
      vanished.map(({ sourceId }) => sourceId),
    );
  }
  if (!seen) return;
  for await (const ids of store.crossReferences.sourceIds(scope, legalEntity)) {
    const vanished = ids.filter((id) => !seen.has(id));
    await takeDeleted(context, vanished);
  }
}

/** The record belongs to the part of the task that is under way. */
const isOwn = ({ legalEntity }: TaskContext, record: HeldRecord): boolean =>
  legalEntity === undefined || record.legalEntity === legalEntity;

/**
 * What is held, read afresh: what was wrong may have been put right in a row that it refers to. Unless `all` is asked for,
 * only what something passing has kept back.
 */
export async function reread(context: TaskContext, pipeline: Pipeline, all: boolean): Promise<void> {
  const { store, scope } = context;
  const own = { ...scope, ...within(context.legalEntity) };
  for await (const held of store.held.outlines(all ? own : { ...own, again: true })) {
    const rows = held.filter(({ gone }) => !gone);
    // What this very run has held back goes on: it counts once, as what it is in the end.
    for (const { state } of rows.filter(({ runId }) => runId === context.runId)) context.tally.resumed(1, state);
    await takeRows(
      context,
      pipeline,
      rows.map(({ sourceId }) => sourceId),
    );
  }
  await pipeline.drain();
}

/**
 * What an earlier run has sent and did not live to hear about. The rows may be in the destination by now, so they are
 * looked at again, whatever has become of them in the source.
 */
export async function takeUnanswered(context: TaskContext, pipeline: Pipeline): Promise<void> {
  for (const { sourceIds } of context.unanswered) await takeRows(context, pipeline, sourceIds);
  await pipeline.drain();
}

/** Single rows, by primary key. */
export async function takeRows(context: TaskContext, pipeline: Pipeline, sourceIds: readonly string[]): Promise<void> {
  for await (const rows of rowsWithIds(context, sourceIds)) await pipeline.take(rows);
}

/**
 * Rows that refer to rows of other tasks which this run has come across: they have not changed themselves, but what they
 * map to may have, or whether they are filtered.
 */
export async function takeReferring(context: TaskContext, pipeline: Pipeline): Promise<void> {
  for (const { entity, idPath } of context.followed) {
    const ids = context.changed.of(entity);
    // Where everything was read, so is this task.
    if (ids === 'all') continue;
    await takeWhere(context, pipeline, idPath, ids);
  }
  await pipeline.drain();
}

/** Rows whose value at the path is one of these. */
export async function takeWhere(
  context: TaskContext,
  pipeline: Pipeline,
  path: string,
  values: readonly string[],
): Promise<void> {
  for await (const rows of rowsWhere(context, path, values)) await pipeline.take(rows);
}

/** Records whose awaited row has arrived, without reading the source again; as often as that sets others free. */
export async function takeReleased(context: TaskContext, pipeline: Pipeline): Promise<void> {
  const { store, scope } = context;
  for (let released = Infinity; released > 0;) {
    released = 0;
    for await (const arrived of store.held.ready(scope)) {
      const records = arrived.filter((record) => isOwn(context, record) && isSelected(context.selection ?? {}, record));
      released += records.length;
      context.tally.resumed(records.filter((record) => record.runId === context.runId).length);
      await pipeline.take(records.map(({ source }): SourceRow => source));
      await pipeline.drain();
    }
  }
}
