import { syncErrors } from '../errors.js';
import type { TaskOptions } from '../task/index.js';

/**
 * "Nothing to do" must not be the answer to a misspelt key.
 *
 * @param taken records that the run came across
 * @throws RECORD_UNKNOWN
 */
export function requireFound({ selection }: Pick<TaskOptions, 'selection'>, taken: number): void {
  if (taken === 0 && selection?.key !== undefined) throw syncErrors.RECORD_UNKNOWN({ key: selection.key });
}
