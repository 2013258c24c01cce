import { keyText } from '@isthmus/core';
import type { TaskContext } from './context.js';
import type { Pipeline } from './pipeline.js';
import type { Selection } from './selection.js';
import { sourceIdOf } from './source-id.js';
import { takeRows, takeWhere } from './sources.js';

/** Reads just the records that were singled out. */
export async function takeSelected(context: TaskContext, pipeline: Pipeline, selection: Selection): Promise<void> {
  const { store, scope } = context;
  const { key, held } = selection;
  if (held) {
    for await (const page of store.held.outlines({ ...held, ...scope })) {
      await takeRows(
        context,
        pipeline,
        page.map(({ sourceId }) => sourceId),
      );
    }
  }
  if (key !== undefined) await takeRecord(context, pipeline, key);
  await pipeline.drain();
}

/** By what is remembered of the record; where nothing is, by the column that its key comes from. */
async function takeRecord(context: TaskContext, pipeline: Pipeline, key: string): Promise<void> {
  const ids = new Set(await knownIds(context, key));
  if (isGuid(key)) ids.add(sourceIdOf(context, key.toLowerCase()));
  if (ids.size > 0) return takeRows(context, pipeline, [...ids]);
  const column = keyColumn(context);
  if (column !== undefined) await takeWhere(context, pipeline, column, [key]);
}

async function knownIds({ store, scope, integration }: TaskContext, key: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const page of store.held.outlines({ ...scope, key })) ids.push(...page.map(({ sourceId }) => sourceId));
  for await (const page of store.rulings.list({ ...scope, key })) ids.push(...page.map(({ sourceId }) => sourceId));
  const legalEntities = new Set([
    '',
    ...[...integration.organizations.values()].map((one) => (one ?? '').toLowerCase()),
  ]);
  for (const legalEntity of legalEntities) {
    const keys = [keyText([key]), keyText(key.split('/'))];
    const found = await store.crossReferences.byDestination(scope, legalEntity, keys);
    ids.push(...[...found.values()].map(({ sourceId }) => sourceId));
  }
  return ids;
}

/** Undefined where the key is made of several columns, or of one that holds no text. */
function keyColumn({ mapping, sourceEntity }: TaskContext): string | undefined {
  const [field, ...others] = mapping.entity.fields.filter((each) => each.key);
  if (!field || others.length > 0 || field.source.kind !== 'from') return undefined;
  const [path] = field.source.paths;
  return typeof path === 'string' && sourceEntity?.fields.get(path)?.type === 'text' ? path : undefined;
}

const isGuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
