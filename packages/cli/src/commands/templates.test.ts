import { expect } from 'chai';
import { contractsPlugin, Folder } from '../testing/index.js';

interface Shown {
  readonly tasks: readonly {
    readonly name: string;
    readonly source: string;
    readonly destination: string;
    readonly entity: string;
    readonly filter: string;
    readonly legalEntityBy: string;
    readonly fields: readonly Record<string, unknown>[];
  }[];
}

describe('isthmus templates', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
    folder.write('.isthmusrc.yaml', `plugins: ["${contractsPlugin}"]\nconnections: { broken: 1 }`);
  });
  afterEach(() => folder.remove());

  it('lists what the plugins of the rc file bring, even while the rest of it is not right yet', async () => {
    const ended = await folder.isthmus('templates', '--json');
    expect(ended.status).to.equal(0);
    const [newest, oldest] = ended.json() as Record<string, unknown>[];
    expect(newest).to.deep.equal({
      name: 'projects-and-contracts',
      version: 2,
      title: 'Projects and contracts (PSA 3.x)',
      plugin: '@isthmus/plugin-contracts',
      direction: { from: 'psa', to: 'finops' },
    });
    expect(oldest).to.include({ name: 'projects-and-contracts', version: 1 });
  });

  it('has none without plugins', async () => {
    folder.write('.isthmusrc.yaml', 'plugins: []');
    expect((await folder.isthmus('templates', '--json')).json()).to.deep.equal([]);
    expect((await folder.isthmus('templates')).stdout).to.contain('No templates');
  });

  it('shows a template with its names on the wire', async () => {
    const ended = await folder.isthmus('templates', 'show', 'projects-and-contracts@1', '--json');
    expect(ended.status).to.equal(0);
    const shown = ended.json() as Shown;
    expect(shown).to.include({ name: 'projects-and-contracts', version: 1 });
    const [contracts, projects] = shown.tasks;
    expect(contracts).to.include({
      name: 'project-contracts',
      source: 'salesorders',
      destination: 'ProjCDSProjectContracts',
      entity: 'ProjCDSProjectContractEntity',
      filter: 'msdyn_ordertype eq 192350001',
      legalEntityBy: 'msdyn_contractorganizationalunitid.msdyn_name',
    });
    expect(contracts?.fields).to.deep.include({
      source: 'ordernumber',
      destination: 'ProjectContractID',
      kind: 'copy',
      key: true,
      optional: false,
    });
    expect(contracts?.fields).to.deep.include({
      source: null,
      destination: 'SourceDataID',
      kind: 'constant',
      key: false,
      optional: false,
      value: 'Project Service Automation',
    });
    const terms = contracts?.fields.find(({ destination }) => destination === 'PaymentTerms');
    expect(terms).to.include({ source: 'paymenttermscode', kind: 'valueMap' });
    expect(terms?.['valueMap']).to.have.all.keys('1', '2', '3', '4');
    expect(projects?.fields).to.deep.include({
      source: 'msdyn_salesorderid.ordernumber',
      destination: 'ProjectContractID',
      kind: 'lookup',
      key: false,
      optional: false,
      refersTo: 'project-contracts',
    });
  });

  it('shows it to people, too', async () => {
    const { stdout } = await folder.isthmus('templates', 'show', 'projects-and-contracts');
    expect(stdout).to.contain('projects-and-contracts@2').and.to.contain('salesorders → ProjCDSProjectContracts');
    expect(stdout).to.match(/ordernumber +ProjectContractID +copy +integration key/);
  });

  it('says which template was probably meant', async () => {
    const { status, stderr } = await folder.isthmus('templates', 'show', 'project-and-contracts');
    expect(status).to.equal(2);
    expect(stderr).to.contain('TEMPLATE_UNKNOWN').and.to.contain("'projects-and-contracts'");
  });

  it('says which plugin is not installed', async () => {
    folder.write('.isthmusrc.yaml', 'plugins: ["@isthmus/plugin-nowhere"]');
    const ended = await folder.isthmus('templates', '--json');
    expect(ended.status).to.equal(2);
    expect((ended.json() as { error: object }).error).to.include({ code: 'PLUGIN_NOT_FOUND' });
  });

  it('reports all plugins that cannot be loaded at once', async () => {
    folder.write('.isthmusrc.yaml', 'plugins: ["@isthmus/plugin-nowhere", "./neither.js"]');
    const { status, stderr } = await folder.isthmus('templates');
    expect(status).to.equal(2);
    expect(stderr.match(/PLUGIN_NOT_FOUND/g)).to.have.length(2);
  });
});
