import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startIsthmus, type Ended } from '../support/isthmus.js';
import { publishedPackages } from '../support/published.js';
import { repositoryFile } from '../support/repository.js';
import { temporaryFolder } from '../support/temporary.js';

const plugins = publishedPackages().filter(({ isPlugin }) => isPlugin);

/** Every plugin of this checkout, by name, with its README. */
export const pluginReadmes = plugins.map(({ manifest: { name }, folder }) => ({
  name,
  file: repositoryFile(join(folder, 'README.md')),
}));

/** A folder whose rc file lists every plugin of this checkout. */
function folderWithAllPlugins(): string {
  const folder = temporaryFolder();
  const entries = plugins.map((plugin) => repositoryFile(join(plugin.folder, 'dist/index.js')));
  writeFileSync(join(folder, '.isthmusrc.json'), JSON.stringify({ plugins: entries }));
  return folder;
}

const folder = folderWithAllPlugins();

export const isthmus = (...args: string[]): Promise<Ended> =>
  startIsthmus(args, { cwd: folder, env: { PATH: process.env['PATH'] ?? '', HOME: folder } }).ended;
