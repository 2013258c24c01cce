import { expect } from 'chai';
import type { SandboxClient } from '../../client.test.support.js';
import { startWithCompanies } from '../world.test.support.js';
import { act, COLUMNS, CONTRACTS, importOf, packageOf, row, statusOf } from './package.test.support.js';

describe('protocols C1: files about refused rows', () => {
  let client: SandboxClient;

  beforeEach(async () => {
    client = await startWithCompanies();
  });
  afterEach(() => client.sandbox.stop());

  it('C1: the file with the keys of refused rows is generated first, and then to be had', async () => {
    const { json } = await importOf(client, packageOf(COLUMNS, [row('C-1'), row('C-2', 'Contract', 'NOBODY')]));
    await statusOf(client, json.value);
    const about = { executionId: json.value, entityName: CONTRACTS };
    const urlOf = async () => (await act(client, 'GetImportTargetErrorKeysFileUrl', about)).json.value;
    expect(await urlOf()).to.equal('');
    expect((await act(client, 'GenerateImportTargetErrorKeysFile', about)).json.value).to.equal(true);
    expect(await urlOf(), 'while it is generated').to.equal('');
    expect(await (await fetch(await urlOf())).text()).to.equal('DATAAREAID,PROJECTCONTRACTID\r\nusmf,C-2\r\n');
  });

  it('C1: files with keys and with lines of refused rows are made once, whenever they are asked for', async () => {
    const rows = [row('C-1'), row('C-1', 'Again'), row('C-2', 'Contract', 'NOBODY')];
    const { json } = await importOf(client, packageOf(COLUMNS, rows));
    await statusOf(client, json.value);
    const about = { executionId: json.value, entityName: CONTRACTS };
    await act(client, 'GenerateImportTargetErrorKeysFile', about);
    await act(client, 'GetImportTargetErrorKeysFileUrl', about);
    for (const action of ['GetImportTargetErrorKeysFileUrl', 'GetImportStagingErrorFileUrl']) {
      const pathOf = async () => new URL((await act(client, action, about)).json.value).pathname;
      expect(await pathOf(), action).to.equal(await pathOf());
    }
  });

  it('C1: has no file with keys of refused rows where none was refused, and says so', async () => {
    const { json } = await importOf(client, packageOf(COLUMNS, [row('C-1')]));
    await statusOf(client, json.value);
    const about = { executionId: json.value, entityName: CONTRACTS };
    expect((await act(client, 'GenerateImportTargetErrorKeysFile', about)).json.value).to.equal(false);
    for (let asked = 0; asked < 3; asked++)
      expect((await act(client, 'GetImportTargetErrorKeysFileUrl', about)).json.value).to.equal('');
  });
});

describe('protocols C1: the switch for the time until a file is generated', () => {
  let client: SandboxClient;

  before(async () => {
    client = await startWithCompanies({ finops: { keysFileAfter: 3 } });
  });
  after(() => client.sandbox.stop());

  it('it may take longer', async () => {
    const { json } = await importOf(client, packageOf(COLUMNS, [row('C-6', 'Contract', 'NOBODY')]));
    await statusOf(client, json.value);
    const about = { executionId: json.value, entityName: CONTRACTS };
    await act(client, 'GenerateImportTargetErrorKeysFile', about);
    const urls = [];
    for (let asked = 0; asked < 4; asked++)
      urls.push((await act(client, 'GetImportTargetErrorKeysFileUrl', about)).json.value !== '');
    expect(urls).to.deep.equal([false, false, false, true]);
  });
});
