import { isIsthmusError } from '@isthmus/core';
import { syncErrors } from '../errors.js';

/** What the file system has against it, as an error of the catalogue. */
export async function guarded<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (isIsthmusError(cause)) throw cause;
    throw syncErrors.PLAN_FILE_UNUSABLE({ file, detail: (cause as Error).message }, { cause });
  }
}
