import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Absolute path of a file of this checkout. */
export const repositoryFile = (path: string): string => join(ROOT, path);
