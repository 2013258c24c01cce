import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { DynamicsWebApi } from 'dynamics-web-api';

type Row = Record<string, unknown>;

/** An independent Dataverse client, unchanged, must not notice that it talks to the sandbox. */
describe('dynamics-web-api, pointed at the PSA side of the sandbox', () => {
  let sandbox: RunningSandbox;
  let api: DynamicsWebApi;

  before(async () => {
    sandbox = await startSandbox({ scale: 1 });
    const { psa, token, clientId, clientSecret } = sandbox;
    const onTokenRefresh = async (): Promise<string> => {
      const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
      const body = new URLSearchParams({ ...form, scope: `${psa.url}/.default` });
      const answer = (await (await fetch(token.url, { method: 'POST', body })).json()) as { access_token: string };
      return answer.access_token;
    };
    api = new DynamicsWebApi({ serverUrl: psa.url, dataApi: { version: '9.2' }, onTokenRefresh });
  });

  after(() => sandbox.stop());

  const newAccount = async (data: Row): Promise<string> =>
    String(await api.create<Row>({ collection: 'accounts', data }));
  const failure = async (work: Promise<unknown>): Promise<{ status?: number; code?: string; message: string }> => {
    try {
      await work;
    } catch (thrown) {
      return thrown as { status?: number; code?: string; message: string };
    }
    throw new Error('nothing was refused');
  };

  it('asks who it is', async () => {
    expect(await api.callFunction<Row>('WhoAmI')).to.have.property('UserId');
  });

  it('reads a row by its key, with selected columns and an expanded lookup', async () => {
    const [first] = (await api.retrieveMultiple<Row>({ collection: 'salesorders', top: 1 })).value;
    const order = await api.retrieve<Row>({
      collection: 'salesorders',
      key: String(first?.['salesorderid']),
      select: ['name', 'ordernumber'],
      expand: [{ property: 'transactioncurrencyid', select: ['isocurrencycode'] }],
    });
    expect(order).to.include({ ordernumber: first?.['ordernumber'], name: first?.['name'] });
    expect(order).not.to.have.property('exchangerate');
    expect(order['transactioncurrencyid']).to.have.property('isocurrencycode').with.length(3);
  });

  it('reads a row by an alternate key', async () => {
    const account = await api.retrieve<Row>({ collection: 'accounts', key: "accountnumber='US-NEWCOMER'" });
    expect(account).to.include({ name: 'Contoso Newcomer' });
  });

  it('reads pages one by one, and all of them at once', async () => {
    const query = { collection: 'msdyn_projects', select: ['msdyn_subject'], maxPageSize: 25 };
    const first = await api.retrieveMultiple<Row>(query);
    expect(first.value).to.have.length(25);
    const second = await api.retrieveMultiple<Row>(query, first.oDataNextLink);
    expect(second.value).to.have.length(25);
    const all = await api.retrieveAll<Row>(query);
    expect(new Set(all.value.map((row) => row['msdyn_projectid']))).to.have.property('size', 64);
  });

  it('filters, orders and counts', async () => {
    const answer = await api.retrieveMultiple<Row>({
      collection: 'salesorders',
      select: ['ordernumber', 'msdyn_ordertype'],
      filter: 'msdyn_ordertype eq 192350000',
      orderBy: ['ordernumber desc'],
      count: true,
    });
    const numbers = answer.value.map((row) => String(row['ordernumber']));
    expect(numbers)
      .to.deep.equal([...numbers].sort().reverse())
      .and.to.have.length(5);
    expect(answer.oDataCount).to.equal(5);
    expect(await api.count({ collection: 'salesorders' })).to.equal(48);
    expect(await api.countAll({ collection: 'salesorders', filter: 'msdyn_ordertype eq 192350000' })).to.equal(5);
  });

  it('creates, updates, upserts and deletes', async () => {
    const key = await newAccount({ name: 'Zenith', accountnumber: 'ZEN-1' });
    expect(key).to.match(/^[-0-9a-f]{36}$/);
    const updated = await api.update<Row>({
      collection: 'accounts',
      key,
      data: { name: 'Zenith Ltd' },
      returnRepresentation: true,
    });
    expect(updated).to.include({ name: 'Zenith Ltd', accountnumber: 'ZEN-1' });
    await api.upsert({ collection: 'accounts', key: "accountnumber='ZEN-1'", data: { name: 'Zenith Inc' } });
    await api.upsert({ collection: 'accounts', key: "accountnumber='ZEN-2'", data: { name: 'Zenith Two' } });
    const names = await api.retrieveMultiple<Row>({ collection: 'accounts', filter: "startswith(name,'Zenith')" });
    expect(names.value.map((row) => row['name']).sort()).to.deep.equal(['Zenith Inc', 'Zenith Two']);
    await api.deleteRecord({ collection: 'accounts', key: "accountnumber='ZEN-2'" });
    await api.deleteRecord({ collection: 'accounts', key });
    expect(await failure(api.retrieve({ collection: 'accounts', key }))).to.include({ status: 404 });
  });

  it('binds a lookup, and takes it away again', async () => {
    const [contact] = (await api.retrieveMultiple<Row>({ collection: 'contacts', top: 1 })).value;
    const key = await newAccount({
      name: 'Bound',
      'primarycontactid@odata.bind': `contacts(${contact?.['contactid']})`,
    });
    const lookup = async () =>
      (await api.retrieve<Row>({ collection: 'accounts', key, select: ['_primarycontactid_value'] }))[
        '_primarycontactid_value'
      ];
    expect(await lookup()).to.equal(contact?.['contactid']);
    await api.update({ collection: 'accounts', key, data: { 'primarycontactid@odata.bind': null } });
    expect(await lookup()).to.equal(null);
  });

  it('sees the labels of choices where it asks for annotations', async () => {
    const [order] = (
      await api.retrieveMultiple<Row>({
        collection: 'salesorders',
        select: ['msdyn_ordertype'],
        top: 1,
        includeAnnotations: '*',
      })
    ).value;
    expect(order?.['msdyn_ordertype_Formatted']).to.equal('Work based');
  });

  it('is told of a conflict by a version that has passed', async () => {
    const key = await newAccount({ name: 'Contested' });
    const row = await api.retrieve<Row>({ collection: 'accounts', key, select: ['name'] });
    const change = { collection: 'accounts', key, ifmatch: String(row['@odata.etag']), data: { name: 'Mine' } };
    await api.update(change);
    // The library answers a failed condition with false.
    expect(await api.update(change)).to.equal(false);
  });

  it('is told which unique key a new row breaks', async () => {
    const refused = await failure(
      api.create({ collection: 'accounts', data: { name: 'Twice', accountnumber: 'US-NEWCOMER' } }),
    );
    expect(refused).to.include({ status: 412, code: '0x80060892' });
  });

  it('sends several requests in one batch, and gets an answer to each', async () => {
    api.startBatch();
    void api.create({ collection: 'accounts', data: { name: 'Batch one' }, contentId: '1' });
    void api.create({ collection: 'accounts', data: { name: 'Batch two' }, contentId: '2' });
    void api.retrieveMultiple({ collection: 'transactioncurrencies', select: ['isocurrencycode'] });
    const [one, two, currencies] = (await api.executeBatch()) as [string, string, { value: Row[] }];
    expect(one).to.match(/^[-0-9a-f]{36}$/);
    expect(two).to.match(/^[-0-9a-f]{36}$/);
    expect(currencies.value.map((row) => row['isocurrencycode'])).to.include('EUR');
  });

  it('keeps up with changes', async () => {
    const query = { collection: 'contacts', select: ['fullname'], trackChanges: true };
    const first = await api.retrieveMultiple<Row>(query);
    expect(first.value).to.have.length(8);
    const key = String(first.value[0]?.['contactid']);
    await api.update({ collection: 'contacts', key, data: { lastname: 'Changed' } });
    const changes = await api.retrieveMultiple<Row>({ collection: 'contacts' }, first.oDataDeltaLink);
    expect(changes.value.map((row) => row['contactid'])).to.deep.equal([key]);
  });

  it('associates rows of a collection, and lookups, and takes both apart again', async () => {
    const account = await newAccount({ name: 'Associated' });
    const contact = String(await api.create<Row>({ collection: 'contacts', data: { lastname: 'Person' } }));
    const people = {
      collection: 'accounts',
      primaryKey: account,
      relationshipName: 'account_contact_parentcustomerid_account',
    };
    await api.associate({ ...people, relatedCollection: 'contacts', relatedKey: contact });
    const parent = async () =>
      (await api.retrieve<Row>({ collection: 'contacts', key: contact }))['_parentcustomerid_value'];
    expect(await parent()).to.equal(account);
    await api.disassociate({ ...people, relatedKey: contact });
    expect(await parent()).to.equal(null);
    const single = { collection: 'accounts', primaryKey: account, navigationProperty: 'primarycontactid' };
    await api.associateSingleValued({ ...single, relatedCollection: 'contacts', relatedKey: contact });
    const lookup = async () =>
      (await api.retrieve<Row>({ collection: 'accounts', key: account }))['_primarycontactid_value'];
    expect(await lookup()).to.equal(contact);
    await api.disassociateSingleValued(single);
    expect(await lookup()).to.equal(null);
  });

  it('sends a change set whose parts refer to each other', async () => {
    api.startBatch();
    void api.create({ collection: 'accounts', data: { name: 'Referred to' }, contentId: '1' });
    void api.create({
      collection: 'contacts',
      data: { lastname: 'Refers', 'parentcustomerid_account@odata.bind': '$1' },
      contentId: '2',
    });
    const [account, contact] = (await api.executeBatch()) as [string, string];
    const row = await api.retrieve<Row>({ collection: 'contacts', key: contact });
    expect(row['_parentcustomerid_value']).to.equal(account);
  });

  it('acts for another user', async () => {
    const [user] = (await api.retrieveMultiple<Row>({ collection: 'systemusers', top: 1 })).value;
    const key = await api.create<Row>({
      collection: 'accounts',
      data: { name: 'Hers' },
      impersonateAAD: String(user?.['azureactivedirectoryobjectid']),
    });
    const row = await api.retrieve<Row>({ collection: 'accounts', key: String(key) });
    expect(row['_createdby_value']).to.equal(user?.['systemuserid']);
  });

  it('groups and computes', async () => {
    const answer = await api.retrieveMultiple<Row>({
      collection: 'salesorders',
      apply: 'groupby((msdyn_ordertype),aggregate($count as count))',
    });
    expect(answer.value.map((row) => row['count'])).to.have.members([43, 5]);
  });

  it('reads what tables, columns and keys there are', async () => {
    const entities = await api.retrieveEntities({ select: ['LogicalName', 'EntitySetName'] });
    expect(entities.value.map((entity) => entity.LogicalName)).to.include('salesorder');
    const id = entities.value.find((entity) => entity.LogicalName === 'salesorder')?.MetadataId ?? '';
    const order = await api.retrieveEntity({ key: id, select: ['LogicalName'], expand: [{ property: 'Keys' }] });
    expect(order).to.include({ LogicalName: 'salesorder' });
    const { value } = await api.retrieveAttributes({
      entityKey: id,
      castType: 'Microsoft.Dynamics.CRM.PicklistAttributeMetadata',
      select: ['LogicalName'],
      expand: [{ property: 'OptionSet' }],
    });
    expect(value.map((attribute) => attribute.LogicalName)).to.include('msdyn_ordertype');
    const metadata = await api.retrieveCsdlMetadata({ addAnnotations: true });
    expect(metadata).to.contain('EntityType Name="salesorder"');
  });
});
