import { expect } from 'chai';
import { CONNECTION_SETS, Folder, INTEGRATIONS } from './fixture.test.support.js';
import { effectiveConfiguration } from './index.js';

const CANARIES = {
  fromEnvironment: 'canary-env-1',
  fromFile: 'canary-file-2',
  inClear: 'canary-clear-3',
  key: 'canary\n"key" 4',
};

describe('Secrets of an rc file', () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
    folder.write('keys/finops.secret', `${CANARIES.fromFile}\n`);
  });
  afterEach(() => folder.remove());

  const environment = { PSA: CANARIES.fromEnvironment, KEY: CANARIES.key, HOST: 'psa.example' };
  const rcFile = (clearSecret = CANARIES.inClear) => `
connections:
  psa:
    kind: dataverse
    url: https://\${env:HOST}/\${env:HOST}
    tenant: $\${env:HOST}
    clientSecret: a\${env:PSA}b\${file:./keys/finops.secret}
    certificate: { thumbprint: 0123456789ABCDEF0123456789ABCDEF01234567, privateKey: "\${env:KEY}" }
  finops: { kind: finops, url: "https://finops.example", collections: { ProjCDSProjectEntity: Projects } }
  other: { kind: dataverse, url: "https://other.example", clientSecret: ${clearSecret} }
${CONNECTION_SETS}${INTEGRATIONS}`;

  it('are resolved wherever a reference stands, several to a text; $${ is a literal', async () => {
    folder.write('.isthmusrc.yaml', rcFile());
    const { connections } = await folder.load(environment);
    expect(connections.get('psa')?.options).to.deep.include({
      url: 'https://psa.example/psa.example',
      tenant: '${env:HOST}',
      clientSecret: `a${CANARIES.fromEnvironment}b${CANARIES.fromFile}`,
    });
    expect(connections.get('psa')?.options).to.have.nested.property('certificate.privateKey', CANARIES.key);
  });

  it('are looked for from the file that refers to them', async () => {
    folder.write('keys/base.yaml', 'connections: { psa: { clientSecret: "${file:finops.secret}" } }');
    folder.write(
      '.isthmusrc.yaml',
      'extends: ./keys/base.yaml\nconnections: { psa: { kind: dataverse, url: "http://psa" } }',
    );
    const { connections } = await folder.load();
    expect(connections.get('psa')?.options).to.include({ clientSecret: CANARIES.fromFile });
  });

  it('work in clear text, with a warning that says where', async () => {
    folder.write('.isthmusrc.yaml', rcFile());
    const { warnings } = await folder.load(environment);
    expect(warnings.map(({ code, place }) => [code, place.line, place.key])).to.deep.equal([
      ['CONFIG_SECRET_IN_CLEAR', 10, 'connections.other.clientSecret'],
    ]);
  });

  it('are printed as a mask and the reference that they came from', async () => {
    folder.write('.isthmusrc.yaml', rcFile());
    const printed = effectiveConfiguration(await folder.load(environment));
    expect(printed)
      .to.have.nested.property('connections.psa')
      .that.deep.equals({
        kind: 'dataverse',
        url: '•••• ${env:HOST} ${env:HOST}',
        tenant: '${env:HOST}',
        clientSecret: '•••• ${env:PSA} ${file:./keys/finops.secret}',
        certificate: { thumbprint: '0123456789ABCDEF0123456789ABCDEF01234567', privateKey: '•••• ${env:KEY}' },
        concurrency: 4,
      });
    expect(printed).to.have.nested.property('connections.other.clientSecret', '••••');
    expect(printed).to.have.nested.property('integrations.contracts.parameters.sourceDataId', 'Isthmus');
    expect(printed)
      .to.have.nested.property('connectionSets.main.organizations')
      .that.includes({ 'Contoso US': 'USSI' });
  });

  it('never show: not in what is printed, not in warnings, and every output can be cleansed of them', async () => {
    folder.write('.isthmusrc.yaml', rcFile());
    const configuration = await folder.load(environment);
    const outputs = [effectiveConfiguration(configuration), configuration.warnings, configuration.warnings.map(String)];
    expect(JSON.stringify(outputs)).not.to.contain('canary');
    const dump = JSON.stringify([...configuration.connections.values()]);
    expect(dump).to.contain('canary-env-1').and.to.contain('canary-clear-3');
    expect(configuration.secrets.redact(dump)).not.to.contain('canary');
  });

  const faulty: [what: string, edit: (text: string) => string][] = [
    ['a rule is broken', (text) => text.replace(/url: .*HOST}\n/, 'url: "${env:KEY}"\n')],
    ['a type is wrong', (text) => `${text}plugins: canary-env-1\n`],
    ['a key is unknown', (text) => text.replace('clientSecret: canary', 'clientSecrett: canary')],
    ['a secret is a list', (text) => text.replace('clientSecret: canary-clear-3', 'clientSecret: [canary-clear-3]')],
    ['a level is a secret', (text) => `${text}logging: { level: "\${env:PSA}" }\n`],
    ['a name is a secret', (text) => text.replace('connectionSet: main', 'connectionSet: "${env:PSA}"')],
    ['a kind is a secret', (text) => text.replace('kind: finops', 'kind: "${env:PSA}"')],
    ['a role is filled by a secret', (text) => text.replace('psa: psa', 'psa: "${env:PSA}"')],
    ['a time zone is a secret', (text) => text.replace('Europe/Berlin', '"${env:PSA}"')],
  ];
  for (const [what, edit] of faulty) {
    it(`never show in a fault, when ${what}`, async () => {
      folder.write('.isthmusrc.yaml', edit(rcFile()));
      const faults = await folder.faults(environment);
      expect(faults).not.to.deep.equal([]);
      const outputs = faults.flatMap((fault) => [fault.toText(), JSON.stringify(fault), String(fault.stack)]);
      expect(outputs.join('\n')).not.to.contain('canary');
    });
  }
});
