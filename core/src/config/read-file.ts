import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { defaultLoaders } from 'cosmiconfig';
import { configErrors } from './errors.js';
import { fromProgram } from './from-program.js';
import { childOf, type ConfigNode } from './node.js';
import { parseText } from './parse.js';

/** The key of a package.json that holds the configuration. */
export const PACKAGE_KEY = 'isthmus';

/**
 * One file, by its extension: a program is run, everything else is YAML or JSON. Of a package.json, the key `isthmus`.
 *
 * @param file absolute path
 * @throws CONFIG_UNREADABLE
 */
export async function readConfigurationFile(file: string): Promise<ConfigNode> {
  const text = await reading(file, () => readFile(file, 'utf8'));
  const run = PROGRAMS.get(extname(file));
  const root = run ? fromProgram(await reading(file, () => run(file, text)), file) : parseText(text, file);
  if (!isPackage(file)) return root;
  const section = childOf(root, PACKAGE_KEY);
  if (section) return section;
  throw configErrors.CONFIG_UNREADABLE({ file, reason: `It has no key '${PACKAGE_KEY}'` }, { place: { file } });
}

export const isPackage = (file: string): boolean => basename(file) === 'package.json';

const { '.js': js, '.mjs': mjs, '.cjs': cjs, '.ts': ts } = defaultLoaders;
const PROGRAMS = new Map(Object.entries({ '.js': js, '.mjs': mjs, '.cjs': cjs, '.ts': ts }));

async function reading<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw configErrors.CONFIG_UNREADABLE({ file, reason }, { place: { file }, cause: thrown });
  }
}
