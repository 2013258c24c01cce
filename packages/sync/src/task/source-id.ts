import type { Value } from '@isthmus/core';
import type { TaskContext } from './context.js';

type Part = Pick<TaskContext, 'legalEntity'>;

const SEPARATOR = '/';

/**
 * What a source row is known by. Where legal entities are taken one after the other, the same key may come in each of
 * them: `usmf/Travel`.
 */
export const sourceIdOf = ({ legalEntity }: Part, id: Value): string =>
  legalEntity === undefined ? String(id) : legalEntity + SEPARATOR + String(id);

/** The source id is of a row of the part that is under way. */
export const isPartOf = ({ legalEntity }: Part, sourceId: string): boolean =>
  legalEntity === undefined || sourceId.startsWith(legalEntity + SEPARATOR);

/** The key by which the source itself knows the row. */
export const idIn = ({ legalEntity }: Part, sourceId: string): string =>
  legalEntity === undefined ? sourceId : sourceId.slice(legalEntity.length + SEPARATOR.length);
