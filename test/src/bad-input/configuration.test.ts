import { readFileSync, rmSync, symlinkSync } from 'node:fs';
import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { expectComplaint, type Complaint } from '../support/complaint.js';
import type { RcFile } from '../support/rc-file.js';
import { repositoryFile } from '../support/repository.js';
import { totalsOf } from '../support/run-result.js';
import { Site } from '../support/site.js';

const PLUGIN = `
import { Plugin } from '@isthmus/core';
class Own {}
Plugin({ name: 'own', core: '*' })(Own);
export default Own;
`;

/** A wrong rc file or installation, and what is said of it. */
interface Case {
  readonly what: string;
  readonly spoil: (site: Site) => void;
  readonly complaint: Omit<Complaint, 'status'>;
}

const change = (edit: (rc: RcFile) => void) => (site: Site) => site.edit(edit);

const ownPlugin = (manifest: Record<string, unknown>) => (site: Site) => {
  site.write('own/package.json', JSON.stringify({ name: 'own', version: '1.0.0', type: 'module', ...manifest }));
  site.write('own/index.js', PLUGIN);
  site.edit(({ plugins }) => plugins.push('./own/index.js'));
};

const CASES: readonly Case[] = [
  {
    what: 'no rc file',
    spoil: (site) => rmSync(site.path('.isthmusrc.json')),
    complaint: { code: 'CONFIG_NOT_FOUND', says: /isthmus init/ },
  },
  {
    what: 'an unknown key',
    spoil: change(({ integrations: { contracts } }) => Object.assign(contracts ?? {}, { paramters: {} })),
    complaint: { code: 'CONFIG_UNKNOWN_KEY', says: /paramters[^]*parameters[^]*isthmusrc\.json:\d+:\d+/ },
  },
  {
    what: 'a wrong type',
    spoil: change(({ connections: { finops } }) => (finops['batchSize'] = 'many')),
    complaint: { code: 'CONFIG_WRONG_TYPE', says: /wanted[^]*isthmusrc\.json:\d+:\d+ connections\.finops\.batchSize/ },
  },
  {
    what: 'a missing secret',
    spoil: change(({ connections: { finops } }) => (finops['clientSecret'] = '${env:NOWHERE_SET}')),
    complaint: { code: 'CONFIG_SECRET_MISSING', says: /\$\{env:NOWHERE_SET\}[^]*isthmusrc\.json:\d+/ },
  },
  {
    what: 'an unknown plugin',
    spoil: change(({ plugins }) => plugins.push('@isthmus/plugin-contract')),
    complaint: {
      code: 'PLUGIN_NOT_FOUND',
      says: /'@isthmus\/plugin-contract'[^]*npm install @isthmus\/plugin-contract/,
    },
  },
  {
    what: 'a plugin for another core version',
    spoil: ownPlugin({ peerDependencies: { '@isthmus/core': '^9.0.0' } }),
    complaint: { code: 'PLUGIN_INCOMPATIBLE', says: /needs @isthmus\/core \^9\.0\.0; this is \d/ },
  },
  {
    what: 'two copies of class-validator',
    spoil: (site) => {
      ownPlugin({})(site);
      site.installCopy('class-validator', 'own');
      for (const name of ['validator', 'libphonenumber-js']) {
        symlinkSync(repositoryFile(`node_modules/${name}`), site.path('own/node_modules', name), 'junction');
      }
    },
    complaint: {
      code: 'PACKAGE_DUPLICATE',
      says: /two copies of class-validator: .*node_modules.class-validator and .*own.node_modules.class-validator/,
    },
  },
  {
    what: 'an unknown integration',
    spoil: change((rc) => (rc.integrations = { kontracts: rc.integrations['contracts']! })),
    complaint: { code: 'INTEGRATION_UNKNOWN', says: /'contracts'; the nearest name is 'kontracts'/ },
  },
];

describe('Bad input: the rc file and what is installed', () => {
  let sandbox: RunningSandbox;

  before(async () => {
    sandbox = await startSandbox({ scale: 0.1 });
  });

  after(() => sandbox.stop());

  for (const { what, spoil, complaint } of CASES) {
    it(`${what}: one clear error, and status 2`, async () => {
      const site = new Site(sandbox);
      spoil(site);
      expectComplaint(await site.isthmus('run', 'contracts'), { status: 2, ...complaint });
    });
  }

  it('a template whose lookup refers to rows with a key of several fields: one clear error before anything is read', async () => {
    const site = new Site(sandbox, (rc) => {
      rc.plugins.push('./composite.mjs');
      rc.integrations['composite'] = { template: 'composite', connectionSet: 'main' };
    });
    site.write('composite.mjs', readFileSync(repositoryFile('test/dist/bad-input/composite-key.js'), 'utf8'));
    expectComplaint(await site.isthmus('run', 'composite'), {
      status: 1,
      code: 'TASK_KEY_COMPOSITE',
      says: /'pairs'[^]*ProjectID, ProjectContractID/,
    });
  });

  it('all faults of an rc file are reported at once', async () => {
    const site = new Site(sandbox, ({ connections, integrations: { contracts } }) => {
      connections.finops['batchSize'] = 'many';
      connections.psa['clientSecret'] = '${env:NOWHERE_SET}';
      Object.assign(contracts ?? {}, { parameters: { sourceDataID: 'x' } });
    });
    const ended = await site.isthmus('config', 'check', '--json');
    expect(ended.status).to.equal(2);
    const { error } = ended.json<{ error: { code: string; details: { faults: { code: string }[] } } }>();
    expect(error.code).to.equal('CONFIG_INVALID');
    expect(error.details.faults.map(({ code }) => code).sort()).to.deep.equal([
      'CONFIG_SECRET_MISSING',
      'CONFIG_UNKNOWN_KEY',
      'CONFIG_WRONG_TYPE',
    ]);
  });

  it('nothing has happened in all this: a run with nothing wrong delivers everything', async () => {
    const result = await new Site(sandbox).run();
    expect(totalsOf(result).created).to.be.greaterThan(20);
    expect(result.balanced).to.equal(true);
  });

  it('a stack trace is shown where --debug asks for it', async () => {
    const site = new Site(sandbox, ({ plugins }) => plugins.push('./nowhere.js'));
    expect((await site.isthmus('run', '--debug')).stderr).to.match(/^\s+at .*\.js:\d+/m);
  });
});
