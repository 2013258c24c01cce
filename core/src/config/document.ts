import type { IsthmusError } from '../errors/index.js';
import type { PluginReference } from '../plugin/index.js';
import { configErrors } from './errors.js';
import { readWithBases } from './extends.js';
import { nodeAt, type ConfigNode } from './node.js';
import { placeOf } from './place.js';
import { searchConfiguration, shadowedBy } from './search.js';

/** An rc file as read, with what it extends; not validated yet, because its plugins decide what is valid. */
export interface ConfigurationDocument {
  /** Absolute path. */
  readonly file: string;
  /** Other rc files in the same folder, which are ignored. */
  readonly shadowed: readonly string[];
  readonly plugins: readonly PluginReference[];
  readonly root: ConfigNode;
  readonly warnings: readonly IsthmusError[];
}

/**
 * Finds and reads the rc file.
 *
 * @param options.configPath names the file (`--config`) instead of searching for it
 * @throws CONFIG_NOT_FOUND, CONFIG_UNREADABLE, CONFIG_EXTENDS_MISSING, CONFIG_EXTENDS_CYCLE, CONFIG_WRONG_TYPE
 */
export async function findConfiguration(options: {
  readonly cwd: string;
  readonly configPath?: string | undefined;
}): Promise<ConfigurationDocument> {
  const file = await searchConfiguration(options.cwd, options.configPath);
  const root = await readWithBases(file);
  const shadowed = options.configPath === undefined ? shadowedBy(file) : [];
  return {
    file,
    shadowed,
    plugins: pluginsOf(root),
    root,
    warnings: shadowed.map((ignored) =>
      configErrors.CONFIG_SHADOWED({ ignored, used: file }, { place: { file: ignored } }),
    ),
  };
}

/** Entries that are no text are left to validation. */
function pluginsOf(root: ConfigNode): PluginReference[] {
  const list = nodeAt(root, ['plugins']);
  if (list?.kind !== 'list') return [];
  return list.items.flatMap((item, index) =>
    item.kind === 'scalar' && typeof item.value === 'string'
      ? [{ name: item.value, from: item.at.file, place: placeOf(root, ['plugins', index]) }]
      : [],
  );
}
