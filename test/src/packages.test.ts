import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { pluginOf, templateOf, type PluginClass } from '@isthmus/core';
import { expect } from 'chai';
import {
  importsOf,
  publishedPackages,
  sourcesOf,
  type PublishedPackage,
  type SourceFile,
} from './support/published.js';
import { repositoryFile } from './support/repository.js';

/** Which of our packages a package may import. Tests may import the sandbox and the store besides. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  '@isthmus/core': [],
  '@isthmus/project-accounting': ['@isthmus/core'],
  '@isthmus/odata': ['@isthmus/core'],
  '@isthmus/dataverse': ['@isthmus/core', '@isthmus/odata'],
  '@isthmus/finops': ['@isthmus/core', '@isthmus/odata'],
  '@isthmus/store': ['@isthmus/core'],
  '@isthmus/sync': ['@isthmus/core'],
  '@isthmus/sandbox': ['@isthmus/core'],
  '@isthmus/telemetry': ['@isthmus/core'],
  '@isthmus/service': ['@isthmus/core', '@isthmus/sync'],
  '@isthmus/cli': [
    '@isthmus/core',
    '@isthmus/sync',
    '@isthmus/odata',
    '@isthmus/dataverse',
    '@isthmus/finops',
    '@isthmus/service',
    '@isthmus/store',
    '@isthmus/telemetry',
    '@isthmus/project-accounting',
    '@isthmus/sandbox',
  ],
};

const published = publishedPackages();

describe('Every published package', () => {
  it('is known here, so that nothing new goes unchecked', () => {
    const libraries = published.filter(({ isPlugin }) => !isPlugin).map(({ manifest }) => manifest.name);
    expect(libraries.sort()).to.deep.equal(Object.keys(MAY_IMPORT).sort());
    expect(published.some(({ isPlugin }) => isPlugin)).to.equal(true);
  });

  for (const { folder, manifest } of published) {
    it(`${manifest.name} has a README, a licence, types, exports, and a list of files`, () => {
      const readme = readFileSync(repositoryFile(join(folder, 'README.md')), 'utf8');
      expect(readme).to.contain(manifest.name).and.to.have.length.greaterThan(300);
      expect(manifest).to.include({ license: 'MIT', type: 'module' });
      expect(manifest.private).to.equal(undefined);
      expect(existsSync(repositoryFile(join(folder, manifest.types ?? 'missing')))).to.equal(true);
      expect(manifest.exports).to.have.property('.');
      expect(manifest.files).to.include.members(['dist', '!dist/**/*.test.*', 'README.md']);
    });
  }
});

describe('Every plugin', () => {
  for (const plugin of published.filter(({ isPlugin }) => isPlugin)) {
    const { manifest, folder } = plugin;

    it(`${manifest.name} is one: keyword, core as a peer and not as a dependency`, () => {
      expect(manifest.keywords).to.include('isthmus-plugin');
      expect(manifest.peerDependencies).to.have.property('@isthmus/core');
      expect(manifest.dependencies ?? {}).not.to.have.any.keys('@isthmus/core', 'class-validator', 'class-transformer');
    });

    it(`${manifest.name} lists in its package.json the templates that its code has`, async () => {
      const entry = repositoryFile(join(folder, 'dist/index.js'));
      const { default: exported } = (await import(entry)) as { default: PluginClass };
      const templates = (pluginOf(exported).templates ?? []).map(templateOf);
      expect(templates).not.to.have.length(0);
      expect(manifest.isthmus?.templates).to.deep.equal(
        templates.map(({ name, version, title, direction, tasks }) => ({
          name,
          version,
          title,
          direction,
          tasks: tasks.map(({ task }) => task),
        })),
      );
    });
  }
});

describe('The arrows between packages', () => {
  for (const one of published) {
    it(`${one.manifest.name} imports only what lies below it, and declares it`, () => {
      const allowed = one.isPlugin
        ? ['@isthmus/core', '@isthmus/project-accounting']
        : (MAY_IMPORT[one.manifest.name] ?? []);
      const declared = Object.keys({ ...one.manifest.dependencies, ...one.manifest.peerDependencies });
      const ours = (files: readonly SourceFile[]) => [
        ...new Set(files.flatMap(importsOf).filter((name) => name.startsWith('@isthmus/'))),
      ];
      const sources = sourcesOf(one);
      expect(sources).not.to.have.length(0);
      const product = ours(sources.filter(({ isTest }) => !isTest));
      expect(allowed).to.include.members(product);
      expect(declared).to.include.members(product);
      const inTests = ours(sources.filter(({ isTest }) => isTest));
      expect([...allowed, one.manifest.name, '@isthmus/sandbox', '@isthmus/store']).to.include.members(inTests);
    });
  }
});

describe('The doors between folders', () => {
  for (const one of published) {
    it(`${one.manifest.name}: a folder that has an index is entered by it`, () => {
      const broken = productFilesOf(one).flatMap((file) =>
        importsOf(file)
          .filter((specifier) => specifier.startsWith('.'))
          .filter((specifier) => !isByTheDoor(file.path, specifier))
          .map((specifier) => `${file.path} → ${specifier}`),
      );
      expect(broken).to.deep.equal([]);
    });
  }
});

/** A file of another folder is reached through that folder's index, and those of the folders around it. */
function isByTheDoor(from: string, specifier: string): boolean {
  const target = normalize(join(dirname(from), specifier)).replace(/\.js$/, '.ts');
  for (let folder = dirname(target); folder !== '.'; folder = dirname(folder)) {
    const isInside = `${dirname(from)}/`.startsWith(`${folder}/`);
    if (isInside) return true;
    const door = join(folder, 'index.ts');
    if (target !== door && existsSync(repositoryFile(door))) return false;
  }
  return true;
}

describe('Libraries', () => {
  const THE_COMMAND = /^packages.cli.src/;
  const NOWHERE = /^$/;
  const FORBIDDEN: readonly (readonly [what: string, pattern: RegExp, allowedIn: RegExp])[] = [
    ['read the environment by themselves', /\bprocess\.env\b/, THE_COMMAND],
    ['end the process', /\bprocess\.exit\(/, THE_COMMAND],
    ['print', /\bconsole\.\w+\(/, NOWHERE],
    ['throw errors without a code', /\bthrow new Error\(/, NOWHERE],
    ['switch the type checker off', /@ts-(?:ignore|expect-error|nocheck)/, NOWHERE],
    ['leave work for later', /\b(?:TODO|FIXME|XXX)\b/, NOWHERE],
  ];

  for (const [what, pattern, allowedIn] of FORBIDDEN) {
    it(`do not ${what}`, () => {
      const files = published.flatMap(productFilesOf);
      expect(files.length).to.be.greaterThan(200);
      const found = files.filter(({ path, text }) => pattern.test(text) && !allowedIn.test(path));
      expect(found.map(({ path }) => path)).to.deep.equal([]);
    });
  }
});

const productFilesOf = (one: PublishedPackage): SourceFile[] => sourcesOf(one).filter(({ isTest }) => !isTest);
