import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import * as webApi from 'dataverse-webapi';
import { XmlHttpRequest } from './xml-http-request.js';

/** A second independent Dataverse client, as it comes from the registry; it expects a browser around itself. */
describe('dataverse-webapi, pointed at the PSA side of the sandbox', () => {
  let sandbox: RunningSandbox;
  let config: webApi.WebApiConfig;
  const browser = Object.getOwnPropertyDescriptor(globalThis, 'XMLHttpRequest');

  before(async () => {
    sandbox = await startSandbox({ scale: 1 });
    const { psa, token, clientId, clientSecret } = sandbox;
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
    const body = new URLSearchParams({ ...form, scope: `${psa.url}/.default` });
    const answer = (await (await fetch(token.url, { method: 'POST', body })).json()) as { access_token: string };
    config = new webApi.WebApiConfig('9.2', answer.access_token, psa.url);
    Object.defineProperty(globalThis, 'XMLHttpRequest', { value: XmlHttpRequest, configurable: true });
  });

  after(async () => {
    if (browser) Object.defineProperty(globalThis, 'XMLHttpRequest', browser);
    else Reflect.deleteProperty(globalThis, 'XMLHttpRequest');
    await sandbox.stop();
  });

  const newAccount = (entity: webApi.Entity): Promise<string> => webApi.create(config, 'accounts', entity);
  const failure = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => 'nothing was refused',
      (thrown: unknown) => thrown,
    );

  it('asks who it is', async () => {
    expect(await webApi.unboundFunction(config, 'WhoAmI')).to.have.property('OrganizationId');
  });

  it('creates, reads, updates and deletes', async () => {
    const id = await newAccount({ name: 'Adatum', accountnumber: 'ADA-1' });
    expect(id).to.match(/^[-0-9a-f]{36}$/i);
    const created = await webApi.createWithReturnData(config, 'accounts', { name: 'Adatum 2' }, '$select=name');
    expect(created).to.include({ name: 'Adatum 2' });
    await webApi.update(config, 'accounts', id, { name: 'Adatum Ltd' });
    const updated = await webApi.updateWithReturnData(config, 'accounts', id, { telephone1: '1' }, '$select=name');
    expect(updated).to.include({ name: 'Adatum Ltd' });
    await webApi.updateProperty(config, 'accounts', id, 'telephone1', '555');
    expect(await webApi.retrieve(config, 'accounts', id, '$select=telephone1')).to.include({ telephone1: '555' });
    await webApi.deleteProperty(config, 'accounts', id, 'telephone1');
    const byKey = await webApi.retrieveAlternateKey(config, 'accounts', "accountnumber='ADA-1'", '$select=telephone1');
    expect(byKey).to.include({ telephone1: null });
    await webApi.deleteRecord(config, 'accounts', id);
    expect(await failure(webApi.retrieve(config, 'accounts', id))).to.include({ code: '0x80040217' });
  });

  it('reads pages, with labels and the names of what lookups point at', async () => {
    const query = '$select=ordernumber,msdyn_ordertype,_customerid_value&$filter=msdyn_ordertype eq 192350001';
    const first = await webApi.retrieveMultiple(config, 'salesorders', query, { maxPageSize: 10 });
    expect(first.value).to.have.length(10);
    expect(first.value[0]).to.include({
      'msdyn_ordertype@OData.Community.Display.V1.FormattedValue': 'Work based',
    });
    expect(first.value[0]?.['_customerid_value@Microsoft.Dynamics.CRM.lookuplogicalname']).to.match(
      /^(account|contact)$/,
    );
  });

  it('associates and disassociates', async () => {
    const account = await newAccount({ name: 'Associated' });
    const contact = await webApi.create(config, 'contacts', { lastname: 'Person' });
    const people = 'account_contact_parentcustomerid_account';
    await webApi.associate(config, 'accounts', account, people, 'contacts', contact);
    const expanded = await webApi.retrieve(
      config,
      'contacts',
      contact,
      '$expand=parentcustomerid_account($select=name)',
    );
    expect(expanded['parentcustomerid_account']).to.include({ name: 'Associated' });
    await webApi.disassociate(config, 'accounts', account, people, contact);
    const cleared = await webApi.retrieve(config, 'contacts', contact, '$select=_parentcustomerid_value');
    expect(cleared).to.include({ _parentcustomerid_value: null });
  });

  it('acts for another user', async () => {
    const { value } = await webApi.retrieveMultiple(
      config,
      'systemusers',
      '$select=azureactivedirectoryobjectid&$top=1',
    );
    const [user] = value;
    const id = await webApi.create(
      config,
      'accounts',
      { name: 'Hers' },
      { impersonateUserId: String(user?.['azureactivedirectoryobjectid']) },
    );
    const row = await webApi.retrieve(config, 'accounts', id, '$select=_createdby_value,_createdonbehalfby_value');
    expect(row).to.include({ _createdby_value: user?.['systemuserid'] });
    expect(row['_createdonbehalfby_value']).to.match(/^[-0-9a-f]{36}$/);
  });

  it('sends a change set and reads in one batch', async () => {
    const changes = ['One', 'Two'].map((name) => ({ method: 'POST', queryString: 'accounts', entity: { name } }));
    const answers = await webApi.batchOperation(config, 'b1', 'c1', changes, [
      'transactioncurrencies?$select=isocurrencycode',
    ]);
    expect(answers).to.have.length(3);
    const [one, , currencies] = answers as { httpStatus: number; contentId?: string; data?: { value: unknown[] } }[];
    expect(one).to.include({ httpStatus: 204, contentId: '1' });
    expect(currencies?.data?.value).to.not.be.empty;
  });

  it('is told what is wrong with a batch', async () => {
    const changes = [{ method: 'POST', queryString: 'accounts', entity: { name: 'x'.repeat(200) } }];
    expect(await failure(webApi.batchOperation(config, 'b2', 'c2', changes, []))).to.include({ code: '0x80044331' });
  });

  it('is told of the key that a row breaks', async () => {
    await newAccount({ name: 'a', accountnumber: 'TWICE-1' });
    expect(await failure(newAccount({ name: 'b', accountnumber: 'TWICE-1' }))).to.include({ code: '0x80060892' });
  });
});
