import { pathToFileURL } from 'node:url';
import { satisfies } from 'semver';
import type { IsthmusError, Place } from '../errors/index.js';
import { isIsthmusError } from '../errors/index.js';
import { findDuplicates } from './duplicates.js';
import { pluginErrors } from './errors.js';
import { corePackage, packageOf, resolveFrom } from './package-info.js';
import { isPlugin, pluginOf, type PluginDeclaration } from './plugin.js';

/** An entry of `plugins` in the rc file. */
export interface PluginReference {
  readonly name: string;
  /** Absolute path of the file that names it: plugins are resolved from there. */
  readonly from: string;
  readonly place?: Place;
}

export interface LoadedPlugin extends PluginDeclaration {
  readonly version: string;
  /** Folder of the package; `built in` for what ships with the command. */
  readonly path: string;
}

/** Loads every plugin, and says everything that is wrong with any of them. */
export async function loadPlugins(
  references: readonly PluginReference[],
): Promise<{ plugins: LoadedPlugin[]; faults: IsthmusError[] }> {
  const plugins: LoadedPlugin[] = [];
  const faults: IsthmusError[] = [];
  for (const reference of references) {
    try {
      const { plugin, duplicates } = await loadPlugin(reference);
      faults.push(...duplicates.map((fault) => fault.at(reference.place ?? {})));
      if (plugins.some(({ name }) => name === plugin.name)) throw pluginErrors.PLUGIN_DOUBLE({ name: plugin.name });
      plugins.push(plugin);
    } catch (thrown) {
      if (!isIsthmusError(thrown)) throw thrown;
      faults.push(thrown.at(reference.place ?? {}));
    }
  }
  return { plugins, faults };
}

async function loadPlugin({ name, from }: PluginReference) {
  const entry = resolveFrom(name, from);
  if (entry === undefined) throw pluginErrors.PLUGIN_NOT_FOUND({ name, from });
  const duplicates = findDuplicates(name, entry);
  const info = packageOf(entry);
  // Before its code runs: a plugin for another core may not even load.
  checkCompatible(name, info?.peerDependencies['@isthmus/core']);
  const exported = await importDefault(name, entry);
  if (!isPlugin(exported)) throw duplicates[0] ?? pluginErrors.PLUGIN_NOT_A_PLUGIN({ name });
  const declaration = pluginOf(exported);
  checkCompatible(name, declaration.core);
  return {
    plugin: { ...declaration, version: info?.version ?? '0.0.0', path: info?.folder ?? entry },
    duplicates,
  };
}

async function importDefault(name: string, entry: string): Promise<unknown> {
  try {
    const module = (await import(pathToFileURL(entry).href)) as { default?: unknown };
    return module.default;
  } catch (thrown) {
    if (isIsthmusError(thrown)) throw thrown;
    const message = (thrown instanceof Error && thrown.message) || 'it threw without saying why';
    throw pluginErrors.PLUGIN_FAILED_TO_LOAD({ name, message }, { cause: thrown });
  }
}

function checkCompatible(name: string, wanted: string | undefined): void {
  const actual = corePackage?.version;
  if (wanted === undefined || actual === undefined) return;
  if (!satisfies(actual, wanted, { includePrerelease: true })) {
    throw pluginErrors.PLUGIN_INCOMPATIBLE({ name, wanted, actual });
  }
}
