import { expect } from 'chai';
import { DynamicsWebApi } from 'dynamics-web-api';
import type { RunningSandbox } from './index.js';
import { startSandbox } from './index.js';
import { tokenFor } from './client.test.support.js';

describe("another vendor's Dataverse client", () => {
  let sandbox: RunningSandbox;
  let api: DynamicsWebApi;

  before(async () => {
    sandbox = await startSandbox({ empty: true, maxPageSize: 3 });
    api = new DynamicsWebApi({
      serverUrl: sandbox.psa.url,
      dataApi: { version: '9.2' },
      onTokenRefresh: () => tokenFor(sandbox, sandbox.psa.url),
    });
  });

  after(() => sandbox.stop());

  /** The client gives back the id of the new row, whatever its types say. */
  const create = async (collection: string, data: object): Promise<string> =>
    String(await api.create({ collection, data }));

  it('creates, reads, updates, upserts and deletes', async () => {
    const id = await create('accounts', { name: 'Contoso', accountnumber: '1' });
    expect(id).to.match(/^[0-9a-f-]{36}$/);
    await api.update({ collection: 'accounts', key: id, data: { name: 'Contoso Ltd.' } });
    expect(await api.retrieve({ collection: 'accounts', key: id, select: ['name'] })).to.include({
      name: 'Contoso Ltd.',
    });
    await api.upsert({ collection: 'accounts', key: "accountnumber='2'", data: { name: 'Fabrikam' } });
    expect(await api.count({ collection: 'accounts' })).to.equal(2);
    await api.deleteRecord({ collection: 'accounts', key: id });
    expect(await api.count({ collection: 'accounts' })).to.equal(1);
  });

  it('follows pages and lookups', async () => {
    for (let number = 10; number < 18; number++) {
      await create('accounts', { name: `Page ${number}`, accountnumber: String(number) });
    }
    const all = await api.retrieveAll({
      collection: 'accounts',
      select: ['name'],
      filter: "startswith(name,'Page')",
      orderBy: ['name'],
    });
    expect(all.value.map(({ name }) => name)).to.deep.equal(
      [10, 11, 12, 13, 14, 15, 16, 17].map((number) => `Page ${number}`),
    );
    const order = await create('salesorders', {
      name: 'o',
      'customerid_account@odata.bind': "/accounts(accountnumber='10')",
    });
    const read = await api.retrieve({
      collection: 'salesorders',
      key: order,
      select: ['name'],
      expand: [{ property: 'customerid_account', select: ['name'] }],
    });
    expect(read.customerid_account).to.include({ name: 'Page 10' });
  });

  it('sends a batch', async () => {
    api.startBatch();
    void api.create({ collection: 'contacts', data: { lastname: 'Batch' } });
    void api.create({ collection: 'contacts', data: { lastname: 'Batch' } });
    const answers = await api.executeBatch();
    expect(answers).to.have.length(2);
    expect(await api.count({ collection: 'contacts' })).to.equal(2);
  });

  it('understands the errors', async () => {
    const failed = await api
      .create({ collection: 'accounts', data: { name: 'x'.repeat(200) } })
      .catch((error: unknown) => error);
    expect(failed).to.include({ code: '0x80044331', status: 400 });
  });
});
