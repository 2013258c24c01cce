import { compileFilter, compilePath, organizationPaths } from '@isthmus/core';
import type { TaskContext } from './context.js';

/** Ids that one request asks for. */
const IDS = 200;

/**
 * Which rows another task of the integration leaves out: by its filter, or because their organisational unit is left out
 * on purpose.
 */
export async function leftOut(
  { integration, source, signal }: TaskContext,
  task: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  const entity = integration.tasks.find((one) => one.task === task);
  if (!entity) return found;
  const passes = compileFilter(entity.filter);
  const units = organizationPaths(entity);
  const readUnits = units.map(compilePath);
  const paths = [...new Set([entity.sourceId, ...units, ...entity.filter.map(({ path }) => path)])];
  for (let from = 0; from < ids.length; from += IDS) {
    const filter = [{ path: entity.sourceId, is: 'in' as const, values: ids.slice(from, from + IDS) }];
    for await (const { rows } of source.read({ entity: entity.source, paths, filter, signal })) {
      for (const row of rows) {
        const unit = readUnits.map((read) => read(row)).find((name) => name !== null && name !== '');
        const isOut = unit !== undefined && integration.organizations.get(String(unit)) === null;
        if (!passes(row) || isOut) found.add(String(row[entity.sourceId]));
      }
    }
  }
  return found;
}
