import { join } from 'node:path';
import { expect } from 'chai';
import { CONNECTION_SETS, CONNECTIONS, Folder, INTEGRATIONS } from './fixture.test.support.js';

describe('A valid rc file', () => {
  let folder: Folder;
  beforeEach(() => (folder = new Folder()));
  afterEach(() => folder.remove());

  it('becomes a configuration with its defaults filled in', async () => {
    const file = folder.write('.isthmusrc.yaml', `plugins: [x]${CONNECTIONS}${CONNECTION_SETS}${INTEGRATIONS}`);
    const configuration = await folder.load();
    expect(configuration.connections.get('psa')).to.deep.include({ name: 'psa', kind: 'dataverse' });
    expect(configuration.connections.get('psa')?.options).to.include({ url: 'https://psa.example', concurrency: 4 });
    expect(configuration.connectionSets.get('main')).to.deep.equal({
      name: 'main',
      connections: new Map([
        ['psa', 'psa'],
        ['finops', 'finops'],
      ]),
      organizations: new Map([
        ['Contoso US', 'USSI'],
        ['Contoso Robotics UK', null],
      ]),
      timeZone: 'Europe/Berlin',
    });
    expect(configuration.integrations.get('contracts')).to.deep.equal({
      name: 'contracts',
      template: 'projects-and-contracts@2',
      connectionSet: 'main',
      parameters: { sourceDataId: 'Isthmus', model: 'O_forecast', rounding: 'up', note: 'none' },
      fields: [],
      overrides: {},
      tasks: {},
      place: { file, line: 13, column: 3, key: 'integrations.contracts' },
    });
    expect(configuration.store.path).to.equal(join(folder.path, '.isthmus/state.db'));
    expect(configuration.logging).to.deep.equal({ level: 'info' });
    expect(configuration.warnings).to.deep.equal([]);
  });

  it('may choose an older version of a template, switch fields on and override field maps', async () => {
    folder.write(
      '.isthmusrc.yaml',
      `${CONNECTIONS}${CONNECTION_SETS}${INTEGRATIONS.replace('contracts\n    conn', 'contracts@1\n    conn').replace(/ +param.*\n/, '')}
    parameters: { model: x, note: null, sourceDataId: y }
    fields: [CustomerReference]
    overrides:
      project-contracts:
        Name: { from: [description, name], truncate: 60 }
        PaymentTerms: { constant: null, valueMap: { 1: Net30 }, as: date, default: 7 }
        CustomerReference: { off: true }
`,
    );
    expect((await folder.load()).integrations.get('contracts')).to.deep.include({
      template: 'projects-and-contracts@1',
      parameters: { sourceDataId: 'y', model: 'x', rounding: 'up', note: null },
      fields: ['CustomerReference'],
      overrides: {
        'project-contracts': {
          Name: { from: ['description', 'name'], truncate: 60 },
          PaymentTerms: { constant: null, valueMap: { 1: 'Net30' }, as: 'date', default: 7 },
          CustomerReference: { off: true },
        },
      },
    });
  });

  it('warns of a new field that is named almost like one that the task has', async () => {
    folder.write(
      '.isthmusrc.yaml',
      `${CONNECTIONS}${CONNECTION_SETS}${INTEGRATIONS}    overrides: { project-contracts: { Nmae: { from: name } } }\n`,
    );
    const { warnings } = await folder.load();
    expect(warnings.map(({ code, place }) => [code, place.line])).to.deep.equal([['CONFIG_FIELD_ADDED', 17]]);
  });
});

describe('Every fault of an rc file', () => {
  let folder: Folder;
  beforeEach(() => (folder = new Folder()));
  afterEach(() => folder.remove());

  /** The line that is wrong is marked with `<<`. */
  const cases: [what: string, code: string, message: string, text: string][] = [
    [
      'an unknown key',
      'CONFIG_UNKNOWN_KEY',
      "There is no key 'conections'; did you mean 'connections'?",
      'conections: {} #<<',
    ],
    [
      'an unknown option of a connection',
      'CONFIG_UNKNOWN_KEY',
      "There is no key 'clientsecret'; did you mean 'clientSecret'?",
      'connections:\n  psa:\n    kind: dataverse\n    url: http://psa\n    clientsecret: x #<<',
    ],
    [
      'an unknown key of a nested option',
      'CONFIG_UNKNOWN_KEY',
      "There is no key 'thumb' (there is thumbprint, privateKey).",
      'connections:\n  psa:\n    kind: dataverse\n    url: http://psa\n    certificate:\n      thumb: x #<<\n      privateKey: ${env:PEM}\n      thumbprint: 0123456789ABCDEF0123456789ABCDEF01234567',
    ],
    ['a wrong type', 'CONFIG_WRONG_TYPE', 'Got a string of 3 characters, wanted a list.', 'plugins: abc #<<'],
    ['a wrong item', 'CONFIG_WRONG_TYPE', 'Got a number, wanted a string.', 'plugins:\n  - abc\n  - 7 #<<'],
    [
      'a wrong type of an option',
      'CONFIG_WRONG_TYPE',
      'Got a string of 4 characters, wanted a whole number.',
      'connections:\n  psa:\n    kind: dataverse\n    url: http://psa\n    concurrency: many #<<',
    ],
    [
      'nothing, where there must be something',
      'CONFIG_WRONG_TYPE',
      'Got nothing, wanted a map.',
      'connections:\n  psa: #<<',
    ],
    [
      'a missing kind',
      'CONFIG_MISSING_KEY',
      "The key 'kind' is missing.",
      'connections:\n  psa: { url: "http://psa" } #<<',
    ],
    [
      'a missing option',
      'CONFIG_MISSING_KEY',
      "The key 'url' is missing.",
      'connections:\n  psa: #<<\n    kind: dataverse',
    ],
    [
      'a missing parameter',
      'CONFIG_MISSING_KEY',
      "The key 'model' is missing.",
      `${CONNECTIONS}${CONNECTION_SETS}\nintegrations:\n  contracts: #<<\n    template: projects-and-contracts\n    connectionSet: main`,
    ],
    [
      'an unknown kind of connection',
      'CONFIG_UNKNOWN_CONNECTION_KIND',
      "There is no connection kind 'dataferse'; did you mean 'dataverse'?",
      'connections:\n  psa:\n    url: http://psa\n    kind: dataferse #<<',
    ],
    [
      'an unknown connection',
      'CONFIG_UNKNOWN_CONNECTION',
      "There is no connection 'fino'; did you mean 'finops'?",
      `${CONNECTIONS}\nconnectionSets:\n  main:\n    connections:\n      psa: psa\n      finops: fino #<<`,
    ],
    [
      'an unknown connection set',
      'CONFIG_UNKNOWN_CONNECTION_SET',
      "There is no connection set 'mian'; did you mean 'main'?",
      `${CONNECTIONS}${CONNECTION_SETS}\nintegrations:\n  contracts:\n    template: projects-and-contracts\n    parameters: { model: x }\n    connectionSet: mian #<<`,
    ],
    [
      'a role that the set does not fill',
      'CONFIG_MISSING_ROLE',
      "The template 'projects-and-contracts' needs the role 'finops', which the connection set 'main' does not fill; is 'finop' meant for it?",
      `${CONNECTIONS}\nconnectionSets:\n  main:\n    connections: #<<\n      psa: psa\n      finop: finops\n${INTEGRATIONS}`,
    ],
    [
      'an unknown template',
      'CONFIG_UNKNOWN_TEMPLATE',
      "There is no template 'project-and-contracts'; did you mean 'projects-and-contracts'?",
      `${CONNECTIONS}${CONNECTION_SETS}\nintegrations:\n  contracts:\n    connectionSet: main\n    template: project-and-contracts #<<`,
    ],
    [
      'an unknown optional field',
      'CONFIG_UNKNOWN_OPTIONAL_FIELD',
      "There is no optional field 'CustomerReferenz'; did you mean 'CustomerReference'?",
      `${CONNECTIONS}${CONNECTION_SETS}${INTEGRATIONS}    fields:\n      - CustomerReferenz #<<`,
    ],
    [
      'an unknown task',
      'CONFIG_UNKNOWN_TASK',
      "There is no task 'project-contract'; did you mean 'project-contracts'?",
      `${CONNECTIONS}${CONNECTION_SETS}${INTEGRATIONS}    overrides:\n      project-contract: {} #<<`,
    ],
    [
      'an override of a field that the task lacks',
      'CONFIG_UNKNOWN_FIELD',
      "There is no field 'Nmae'; did you mean 'Name'?",
      `${CONNECTIONS}${CONNECTION_SETS}${INTEGRATIONS}    overrides:\n      project-contracts:\n        Nmae: { truncate: 60 } #<<`,
    ],
    [
      'an override that says two things at once',
      'CONFIG_WRONG_VALUE',
      'Got both `from` and `constant`, wanted one of them.',
      `${CONNECTIONS}${CONNECTION_SETS}${INTEGRATIONS}    overrides:\n      project-contracts:\n        Name:\n          from: name\n          constant: x #<<`,
    ],
    [
      'an override that cuts off everything',
      'CONFIG_WRONG_VALUE',
      'Got a number, wanted at least 1.',
      `${CONNECTIONS}${CONNECTION_SETS}${INTEGRATIONS}    overrides:\n      project-contracts:\n        Name:\n          truncate: 0 #<<`,
    ],
    [
      'an unknown level',
      'CONFIG_WRONG_VALUE',
      "Got 'inof', wanted one of silent, error, warn, info, debug, trace; did you mean 'info'?",
      'logging:\n  level: inof #<<',
    ],
    [
      'an unknown time zone',
      'CONFIG_WRONG_VALUE',
      "Got 'Europe/Berln', wanted the IANA name of a time zone, such as Europe/Berlin; did you mean 'Europe/Berlin'?",
      `${CONNECTIONS}\nconnectionSets:\n  main:\n    connections: {}\n    timeZone: Europe/Berln #<<`,
    ],
    [
      'a broken rule of an option',
      'CONFIG_RULE',
      "Got 'nowhere at all'; url must be a URL address.",
      'connections:\n  psa:\n    kind: dataverse\n    url: nowhere at all #<<',
    ],
    [
      'a broken rule of a nested option',
      'CONFIG_RULE',
      "Got 'abc'; thumbprint must match /^[0-9A-F]{40}$/ regular expression.",
      'connections:\n  psa:\n    kind: dataverse\n    url: http://psa\n    certificate:\n      thumbprint: abc #<<\n      privateKey: ${env:PEM}',
    ],
    [
      'a broken rule of a parameter',
      'CONFIG_RULE',
      "Got 'sideways'; rounding must be one of the following values: up, down.",
      `${CONNECTIONS}${CONNECTION_SETS}${INTEGRATIONS.replace('{ model: O_forecast }', '\n      model: x\n      rounding: sideways #<<')}`,
    ],
    [
      'an unknown parameter',
      'CONFIG_UNKNOWN_KEY',
      "There is no key 'modell'; did you mean 'model'?",
      `${CONNECTIONS}${CONNECTION_SETS}${INTEGRATIONS.replace('{ model: O_forecast }', '\n      model: x\n      modell: x #<<')}`,
    ],
    [
      'a missing secret',
      'CONFIG_SECRET_MISSING',
      '${env:PSA_SECRET} leads to nothing.',
      'connections:\n  psa:\n    kind: dataverse\n    url: http://psa\n    clientSecret: ${env:PSA_SECRET} #<<',
    ],
    [
      'a missing secret file',
      'CONFIG_SECRET_MISSING',
      '${file:./none} leads to nothing.',
      'connections:\n  psa:\n    kind: dataverse\n    url: http://psa\n    clientSecret: ${file:./none} #<<',
    ],
    [
      'a secret file that is a folder',
      'SECRET_UNREADABLE',
      'EISDIR',
      'connections:\n  psa:\n    kind: dataverse\n    url: http://psa\n    clientSecret: ${file:.} #<<',
    ],
    [
      'a reference to a source that there is not',
      'CONFIG_UNKNOWN_REFERENCE',
      '${evn:PSA} is not a reference that can be resolved (there is ${env:…}, ${file:…}); did you mean ${env:PSA}?',
      'store:\n  path: ${evn:PSA} #<<',
    ],
    [
      'a reference without a source',
      'CONFIG_UNKNOWN_REFERENCE',
      '${PSA} is not a reference',
      'store:\n  path: x${PSA} #<<',
    ],
  ];
  for (const [what, code, message, text] of cases) {
    it(`says what and where: ${what}`, async () => {
      const file = folder.write('.isthmusrc.yaml', text.replaceAll('#<<', '   '));
      const line = text.split('\n').findIndex((each) => each.includes('#<<')) + 1;
      const faults = await folder.faults({ PEM: 'the private key' });
      expect(faults.map((fault) => fault.code)).to.deep.equal([code]);
      expect(faults[0]?.message).to.contain(message);
      expect(faults[0]?.place).to.include({ file, line });
      expect(faults[0]?.place.key).to.be.a('string');
      expect(faults[0]?.remedy).not.to.equal('');
    });
  }

  it('is reported in one go, in the order of the lines', async () => {
    const file = folder.write(
      '.isthmusrc.yaml',
      [
        'plugin: []',
        'connections:',
        '  psa: { kind: dataverse, url: nowhere at all, concurrency: 99, clientSecret: "${env:NONE}" }',
        '  finops: { kind: ax }',
        'connectionSets:',
        '  main: { connections: { psa: pas, finops: finops }, timeZone: Mars }',
        'integrations:',
        '  contracts: { template: projects-and-contracts, connectionSet: other, fields: [Nope] }',
        'logging: { level: 7 }',
      ].join('\n'),
    );
    const failure = await folder.load().catch((thrown: unknown) => thrown);
    expect(failure).to.include({ code: 'CONFIG_INVALID', message: `${file} has 11 faults.` });
    const faults = await folder.faults();
    expect(faults.map(({ code, place }) => [place.line, place.key, code])).to.deep.equal([
      [1, 'plugin', 'CONFIG_UNKNOWN_KEY'],
      [3, 'connections.psa.url', 'CONFIG_RULE'],
      [3, 'connections.psa.concurrency', 'CONFIG_RULE'],
      [3, 'connections.psa.clientSecret', 'CONFIG_SECRET_MISSING'],
      [4, 'connections.finops.kind', 'CONFIG_UNKNOWN_CONNECTION_KIND'],
      [6, 'connectionSets.main.connections.psa', 'CONFIG_UNKNOWN_CONNECTION'],
      [6, 'connectionSets.main.timeZone', 'CONFIG_WRONG_VALUE'],
      [8, 'integrations.contracts.parameters.model', 'CONFIG_MISSING_KEY'],
      [8, 'integrations.contracts.connectionSet', 'CONFIG_UNKNOWN_CONNECTION_SET'],
      [8, 'integrations.contracts.fields[0]', 'CONFIG_UNKNOWN_OPTIONAL_FIELD'],
      [9, 'logging.level', 'CONFIG_WRONG_TYPE'],
    ]);
  });

  it('points into package.json, at the key', async () => {
    const file = folder.write('package.json', '{\n\t"isthmus": {\n\t\t"loging": {}\n\t}\n}\n');
    const [fault] = await folder.faults();
    expect(fault).to.include({ code: 'CONFIG_UNKNOWN_KEY' });
    expect(fault?.place).to.deep.equal({ file, line: 3, column: 3, key: 'loging' });
  });

  it('names the file, without a line, where the file is a program', async () => {
    const file = folder.write('.isthmusrc.mjs', 'export default { connections: { "my psa": { kind: "ax" } } };');
    const [fault] = await folder.faults();
    expect(fault?.place).to.deep.equal({ file, key: 'connections["my psa"].kind' });
  });

  it('advises quotes where a number or a boolean is meant as text', async () => {
    folder.write('.isthmusrc.yaml', 'connectionSets: { main: { connections: {}, organizations: { UK: 1000 } } }');
    const [fault] = await folder.faults();
    expect(fault).to.include({ code: 'CONFIG_WRONG_TYPE', remedy: 'Put the value in quotes.' });
  });

  it('is not hidden by names that every object has', async () => {
    folder.write('.isthmusrc.yaml', 'constructor: {}\n__proto__: {}\nconnections: { toString: { kind: valueOf } }\n');
    const faults = await folder.faults();
    expect(faults.map(({ code, place }) => [place.key, code])).to.deep.equal([
      ['constructor', 'CONFIG_UNKNOWN_KEY'],
      ['__proto__', 'CONFIG_UNKNOWN_KEY'],
      ['connections.toString.kind', 'CONFIG_UNKNOWN_CONNECTION_KIND'],
    ]);
  });
});
