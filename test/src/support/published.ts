import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryFile } from './repository.js';

/** The parts of a package.json that tests look at. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly type?: string;
  readonly license?: string;
  readonly types?: string;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly files?: readonly string[];
  readonly keywords?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly isthmus?: { readonly templates?: readonly unknown[] };
}

export interface PublishedPackage {
  /** Relative to the repository: `packages/odata`. */
  readonly folder: string;
  readonly manifest: Manifest;
  readonly isPlugin: boolean;
}

export function publishedPackages(): PublishedPackage[] {
  const folders = ['core', ...inside('packages'), ...inside('plugins')];
  return folders.map((folder) => ({
    folder,
    manifest: JSON.parse(readFileSync(repositoryFile(join(folder, 'package.json')), 'utf8')) as Manifest,
    isPlugin: folder.startsWith('plugins'),
  }));
}

const inside = (parent: string): string[] =>
  readdirSync(repositoryFile(parent))
    .map((name) => join(parent, name))
    .filter((folder) => existsSync(repositoryFile(join(folder, 'package.json'))));

export interface SourceFile {
  /** Relative to the repository. */
  readonly path: string;
  readonly text: string;
  readonly isTest: boolean;
}

/** The TypeScript files of a package. */
export function sourcesOf({ folder }: PublishedPackage): SourceFile[] {
  const names = readdirSync(repositoryFile(join(folder, 'src')), { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, 'src', name))
    .map((path) => ({
      path,
      text: readFileSync(repositoryFile(path), 'utf8'),
      isTest: /\.test\.|[/\\]fixtures?[/\\]/.test(path),
    }));
}

const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g;

/** What a file imports, exports from or loads later on. */
export const importsOf = ({ text }: SourceFile): string[] =>
  [...text.matchAll(IMPORT)].map(([, specifier]) => specifier ?? '');
