import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface PackageInfo {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

/** The package that a file belongs to. */
export function packageOf(file: string): PackageInfo | undefined {
  for (let folder = dirname(realpathSync(file)); ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest)) {
      const parsed = JSON.parse(readFileSync(manifest, 'utf8')) as Partial<PackageInfo>;
      // A nested package.json without a name only sets the module type.
      if (parsed.name) {
        const { name, version = '0.0.0', peerDependencies = {} } = parsed;
        return { name, version, folder, peerDependencies };
      }
    }
    if (folder === dirname(folder)) return undefined;
  }
}

/** Where `specifier` leads, seen from `file`; undefined where it leads nowhere. */
export function resolveFrom(specifier: string, file: string): string | undefined {
  try {
    return realpathSync(createRequire(file).resolve(specifier));
  } catch {
    return undefined;
  }
}

export const corePackage = packageOf(fileURLToPath(import.meta.url));
