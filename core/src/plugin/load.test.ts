import { mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { loadPlugins, packageOf, PluginHost, corePackage } from './index.js';

/** A customer's folder: an rc file, and plugins in its own node_modules that share our core. */
class Site {
  readonly folder = mkdtempSync(join(tmpdir(), 'isthmus-plugins-'));
  readonly rcFile = join(this.folder, '.isthmusrc.yaml');

  constructor() {
    this.write('.isthmusrc.yaml', '');
    if (corePackage) this.link('node_modules/@isthmus/core', corePackage.folder);
  }

  write(path: string, text: string): void {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  link(path: string, target: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    symlinkSync(target, join(this.folder, path), 'junction');
  }

  package(name: string, manifest: object, code: string): void {
    const head = { name, version: '1.2.3', type: 'module', exports: './index.js', ...manifest };
    this.write(`node_modules/${name}/package.json`, JSON.stringify(head));
    this.write(`node_modules/${name}/index.js`, code);
  }

  load(...names: string[]) {
    return loadPlugins(names.map((name) => ({ name, from: this.rcFile, place: { file: this.rcFile, line: 3 } })));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const plugin = (name: string, core = '^0.1.0'): string =>
  `import { Plugin } from '@isthmus/core';
   class P {}
   Plugin({ name: '${name}', core: '${core}' })(P);
   export default P;`;

describe('Plugins', () => {
  let site: Site;
  beforeEach(() => (site = new Site()));
  afterEach(() => site.remove());

  const codes = async (...names: string[]) => (await site.load(...names)).faults.map(({ code }) => code);

  it('are resolved from the file that names them, as packages or as paths', async () => {
    site.package('acme-plugin', {}, plugin('acme-plugin'));
    site.write('mine/plugin.mjs', plugin('mine'));
    const { plugins, faults } = await site.load('acme-plugin', './mine/plugin.mjs');
    expect(faults).to.deep.equal([]);
    expect(plugins.map(({ name, version }) => [name, version])).to.deep.equal([
      ['acme-plugin', '1.2.3'],
      ['mine', '0.0.0'],
    ]);
  });

  it('that cannot be found are all reported, with the line that names them and the command that helps', async () => {
    const { faults } = await site.load('@acme/absent', './absent.js');
    expect(faults.map(({ code, place }) => [code, place.line])).to.deep.equal([
      ['PLUGIN_NOT_FOUND', 3],
      ['PLUGIN_NOT_FOUND', 3],
    ]);
    expect(faults[0]?.remedy).to.contain('npm install @acme/absent');
  });

  it('for another version of core are refused before their code runs', async () => {
    site.package('old', { peerDependencies: { '@isthmus/core': '^9.0.0' } }, 'throw new Error("must not run");');
    expect(await codes('old')).to.deep.equal(['PLUGIN_INCOMPATIBLE']);
    site.package('older', {}, plugin('older', '^8.0.0'));
    expect(await codes('older')).to.deep.equal(['PLUGIN_INCOMPATIBLE']);
  });

  it('with a class-validator of their own are refused, naming both copies', async () => {
    site.package('lonely', {}, plugin('lonely'));
    const copy = { name: 'class-validator', version: '0.15.1', main: 'index.js' };
    site.write('node_modules/lonely/node_modules/class-validator/package.json', JSON.stringify(copy));
    site.write('node_modules/lonely/node_modules/class-validator/index.js', '');
    const { faults } = await site.load('lonely');
    expect(faults.map(({ code }) => code)).to.deep.equal(['PACKAGE_DUPLICATE']);
    expect(faults[0]?.message).to.contain(join('lonely', 'node_modules', 'class-validator'));
    expect(faults[0]?.message.split(' and ')).to.have.length(2);
  });

  it('that are no plugins, or fail to load, are named', async () => {
    site.package('innocent', {}, 'export default class {}');
    site.package('broken', {}, 'throw new TypeError("no luck");');
    expect(await codes('innocent', 'broken')).to.deep.equal(['PLUGIN_NOT_A_PLUGIN', 'PLUGIN_FAILED_TO_LOAD']);
  });

  it('listed twice are refused', async () => {
    site.package('twice', {}, plugin('twice'));
    expect(await codes('twice', 'twice')).to.deep.equal(['PLUGIN_DOUBLE']);
  });

  it('see in their register hook what every other plugin has brought', async () => {
    site.package(
      'watcher',
      {},
      `import { Plugin } from '@isthmus/core';
       class P {}
       Plugin({ name: 'watcher', core: '*', hooks: { register: ({ container }) => { if (!container.has('late')) throw new Error('not there'); } } })(P);
       export default P;`,
    );
    site.package(
      'late',
      {},
      `import { Plugin, provide } from '@isthmus/core';
       class P {}
       Plugin({ name: 'late', core: '*', providers: [provide('late', { useValue: 1 })] })(P);
       export default P;`,
    );
    const { plugins } = await site.load('watcher', 'late');
    const host = new PluginHost();
    await host.register(plugins);
    expect(host.plugins.map(({ name }) => name)).to.deep.equal(['watcher', 'late']);
    await host.dispose();
  });

  it('belong to the package whose folder they lie in', () => {
    site.package('named', {}, '');
    expect(packageOf(join(site.folder, 'node_modules/named/index.js'))?.name).to.equal('named');
  });
});
