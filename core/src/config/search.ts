import { existsSync, readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { cosmiconfig, getDefaultSearchPlaces } from 'cosmiconfig';
import { parseDocument } from 'yaml';
import { configErrors } from './errors.js';
import { isPackage, PACKAGE_KEY } from './read-file.js';

const NAME = 'isthmus';
const PLACES = getDefaultSearchPlaces(NAME);

/** cosmiconfig only has to find the file; it is read once, later, with positions. */
const found = () => ({});
const foundInPackage = (_file: string, text: string) => (hasSection(text) ? { [PACKAGE_KEY]: {} } : {});

const explorer = () =>
  cosmiconfig(NAME, {
    searchStrategy: 'global',
    ignoreEmptySearchPlaces: false,
    loaders: {
      '.json': (file: string, text: string) => (isPackage(file) ? foundInPackage(file, text) : found()),
      '.yaml': found,
      '.yml': found,
      '.js': found,
      '.ts': found,
      '.cjs': found,
      '.mjs': found,
      noExt: found,
    },
  });

const hasSection = (text: string): boolean => parseDocument(text).has(PACKAGE_KEY);

/**
 * The rc file in force: the one named, or the first in `cwd` and the folders above it.
 *
 * @returns an absolute path
 * @throws CONFIG_NOT_FOUND
 */
export async function searchConfiguration(cwd: string, configPath?: string): Promise<string> {
  if (configPath !== undefined) {
    const file = resolve(cwd, configPath);
    const isFile = await stat(file)
      .then((stats) => stats.isFile())
      .catch(() => false);
    if (isFile) return file;
    throw configErrors.CONFIG_NOT_FOUND({ where: `at ${file}`, places: [] });
  }
  const file = await search(cwd);
  if (file !== undefined) return file;
  throw configErrors.CONFIG_NOT_FOUND({ where: `in ${resolve(cwd)} or a folder above it`, places: PLACES });
}

async function search(cwd: string): Promise<string | undefined> {
  try {
    const result = await explorer().search(cwd);
    return result?.filepath;
  } catch (thrown) {
    // A package.json on the way. The message would quote it, so it is not passed on.
    const { filepath: file = cwd } = thrown as { filepath?: string };
    throw configErrors.CONFIG_UNREADABLE({ file, reason: 'It is not valid' }, { place: { file }, cause: thrown });
  }
}

/** Other rc files of the same folder, which nobody reads. */
export function shadowedBy(file: string): string[] {
  const folder = basename(dirname(file)) === '.config' ? dirname(dirname(file)) : dirname(file);
  return PLACES.map((place) => join(folder, place)).filter(
    (other) => other !== file && existsSync(other) && (!isPackage(other) || hasSection(readFileSync(other, 'utf8'))),
  );
}
