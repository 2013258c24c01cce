import { expect } from 'chai';
import { startSandbox } from '../../index.js';
import { operation, statuses } from '../../client.test.support.js';
import type { Json } from './support.test.support.js';
import { Environment, idIn, refusal } from './support.test.support.js';

const TRACK = { prefer: 'odata.track-changes' };

describe('protocols A7: change tracking', () => {
  const environment = new Environment();
  const { send, get, create } = environment;

  it('A7: which tables are tracked is told by EntityDefinitions', async () => {
    const filter = '$select=LogicalName&$filter=ChangeTrackingEnabled eq true';
    const names = (await get(`EntityDefinitions?${filter}`)).json.value.map((row: Json) => row.LogicalName);
    expect(names).to.include('account').and.not.to.include('systemuser');
  });

  it('A7: the first call gives all rows and a delta link, the next one changes and deletions last', async () => {
    const [kept, gone] = [await create('accounts', { name: 'kept' }), await create('accounts', { name: 'gone' })];
    const first = await get('accounts?$select=name', TRACK);
    expect(first.headers.get('preference-applied')).to.equal('odata.track-changes');
    const link: string = first.json['@odata.deltaLink'];
    expect(link).to.match(/accounts\?\$select=name&\$deltatoken=\d+%21\d\d%2f\d\d%2f\d{4}%20\d\d%3a\d\d%3a\d\d$/i);
    expect((await get(link)).json.value).to.deep.equal([]);
    await send('DELETE', gone);
    await send('PATCH', kept, { name: 'kept 2' });
    await create('accounts', { name: 'new' });
    const { json } = await get(link);
    expect(json['@odata.context']).to.match(/\/\$delta$/);
    expect(json.value.map((row: Json) => row.name ?? row.reason)).to.deep.equal(['kept 2', 'new', 'deleted']);
    expect(json.value[0]).to.have.property('@odata.etag');
    expect(json.value[2]).to.deep.equal({
      '@odata.context': `${environment.root}$metadata#accounts/$deletedEntity`,
      id: idIn(gone),
      reason: 'deleted',
    });
    expect(json).to.have.property('@odata.deltaLink');
    expect((await get(link.replace('accounts?', 'accounts/$count?'))).text).to.equal('3');
  });

  it('A7: a link is about one table: what changes in others it does not tell', async () => {
    const links = await Promise.all(
      ['accounts?$select=name', 'contacts?$select=lastname'].map((path) => get(path, TRACK)),
    );
    const [accounts, contacts] = links.map(({ json }) => String(json['@odata.deltaLink']));
    await create('contacts', { lastname: 'other' });
    expect((await get(accounts ?? '')).json.value).to.deep.equal([]);
    expect((await get(contacts ?? '')).json.value).to.have.length(1);
  });

  it('A7: a table that is not tracked is refused', async () => {
    const { status, json } = await get('systemusers?$select=fullname', TRACK);
    expect([status, json.error.message]).to.deep.equal([
      400,
      "Change tracking is not enabled for the entity 'systemuser'.",
    ]);
  });

  it('A7: changes come in pages too; the delta link is on the last one', async () => {
    const link: string = (await get('contacts?$select=lastname', TRACK)).json['@odata.deltaLink'];
    for (const lastname of ['one', 'two', 'three']) await create('contacts', { lastname });
    const small = { prefer: 'odata.maxpagesize=2' };
    const first = (await get(link, small)).json;
    expect(first.value).to.have.length(2);
    expect(first).not.to.have.property('@odata.deltaLink');
    const second = (await get(first['@odata.nextLink'], small)).json;
    expect(second.value.map((row: Json) => row.lastname)).to.deep.equal(['three']);
    expect(second).to.have.property('@odata.deltaLink');
  });

  it('A7: what came and went between two looks is a deletion', async () => {
    const link = (await get('contacts?$select=lastname', TRACK)).json['@odata.deltaLink'];
    const url = await create('contacts', { lastname: 'brief' });
    await send('DELETE', url);
    expect((await get(link)).json.value).to.have.length(1);
  });

  for (const option of ["$filter=name eq 'a'", '$orderby=name', '$expand=primarycontactid', '$top=1']) {
    const name = option.split('=')[0];
    it(`A7: ${name} is barred, also beside a delta token`, async () => {
      const link: string = (await get('accounts?$select=name', TRACK)).json['@odata.deltaLink'];
      for (const answer of [await get(`accounts?${option}`, TRACK), await get(`${link}&${option}`)]) {
        expect(answer.json.error.message).to.equal(
          `The "${name}" query parameter isn't supported when Change Tracking is enabled.`,
        );
      }
    });
  }

  it('A7: an expired token is refused, and a full sync asked for', async () => {
    const link = (await get('accounts?$select=name', TRACK)).json['@odata.deltaLink'];
    await environment.open.control('POST', 'expire-delta-tokens');
    const { status, json } = await get(link);
    expect(status).to.equal(400);
    expect(json.error.message).to.contain('has expired. Please perform a full sync.');
  });

  it('A7: a token expires after seven days', async () => {
    const link: string = (await get('accounts?$select=name', TRACK)).json['@odata.deltaLink'];
    const aged = (minutes: number) => {
      const [date = '', time = ''] = new Date(Date.now() - minutes * 60_000).toISOString().split('T');
      const [year, month, day] = date.split('-');
      return link.replace(/%21.*$/, `%21${encodeURIComponent(`${month}/${day}/${year} ${time.slice(0, 8)}`)}`);
    };
    const week = 7 * 24 * 60;
    expect((await get(aged(week - 1))).status).to.equal(200);
    expect((await get(aged(week + 1))).status).to.equal(400);
  });
});

describe('protocols A7: what an environment decides', () => {
  const environment = new Environment({ empty: true, dataverse: { expiredDeltaStatus: 410, changeTrackingDays: 90 } });
  const { get } = environment;

  it('A7: how long a token lives can be read from the organization', async () => {
    const { json } = await get('organizations?$select=expirechangetrackingindays');
    expect(json.value.map((row: Json) => row.expirechangetrackingindays)).to.deep.equal([90]);
  });

  it('A7: the status of an expired token, and how long one lives', async () => {
    const link: string = (await get('accounts?$select=name', TRACK)).json['@odata.deltaLink'];
    const [year, month, day] = new Date(Date.now() - 80 * 86_400_000).toISOString().slice(0, 10).split('-');
    const old = link.replace(/%21.*$/, `%21${month}%2F${day}%2F${year}%2000%3A00%3A00`);
    expect((await get(old)).status).to.equal(200);
    await environment.open.control('POST', 'expire-delta-tokens');
    expect((await get(link)).status).to.equal(410);
  });
});

const account = (number: string) =>
  operation('POST', '/api/data/v9.2/accounts', { name: number, accountnumber: number });

describe('protocols A7: what is left open', () => {
  const { get, create } = new Environment({ empty: true, dataverse: { deltaLinks: 'every' } });

  it('A7: the delta link may stand on every page', async () => {
    for (const name of ['one', 'two', 'three']) await create('accounts', { name });
    const prefer = 'odata.track-changes, odata.maxpagesize=2';
    const { json } = await get('accounts?$select=name', { prefer });
    expect(json).to.include.keys('@odata.nextLink', '@odata.deltaLink');
    for (const name of ['four', 'five', 'six']) await create('accounts', { name });
    const changes = await get(json['@odata.deltaLink'], { prefer: 'odata.maxpagesize=2' });
    expect(changes.json).to.include.keys('@odata.nextLink', '@odata.deltaLink');
  });
});

describe('protocols A8: $batch', () => {
  const environment = new Environment();
  const { batch, get, send } = environment;
  const GO_ON = { prefer: 'odata.continue-on-error' };

  it('A8: parts may be absolute, rooted or relative, and are answered in order', async () => {
    const absolute = operation('GET', `${environment.root}accounts?$select=name`);
    const answer = await batch([account('1'), absolute, operation('GET', 'contacts'), account('2')]);
    expect(answer.status).to.equal(200);
    expect(answer.headers.get('content-type')).to.match(/^multipart\/mixed; boundary=batchresponse_[0-9a-f-]{36}$/);
    expect(statuses(answer)).to.deep.equal([204, 200, 200, 204]);
  });

  it('A8: the first failure ends it with an outer 400; continue-on-error answers all, with 200', async () => {
    const stopped = await batch([account('3'), account('3'), account('4')]);
    expect([stopped.status, ...statuses(stopped)]).to.deep.equal([400, 204, 412]);
    expect(stopped.text).to.match(/REQ_ID: [0-9a-f-]{36}/);
    const all = await batch([account('3'), account('4')], GO_ON);
    expect([all.status, ...statuses(all)]).to.deep.equal([200, 412, 204]);
    expect(all.headers.get('preference-applied')).to.equal('odata.continue-on-error');
  });

  it('A8: a change set is atomic, comes back with its Content-IDs, and as a single error when it failed', async () => {
    const good = await batch([[account('5'), account('6')]]);
    expect(good.text).to.match(/Content-Type: multipart\/mixed; boundary=changesetresponse_[0-9a-f-]{36}/);
    expect(good.text).to.contain('Content-ID: 1').and.to.contain('Content-ID: 2').and.to.contain('Location: ');
    const bad = await batch([[account('7'), account('5')]], GO_ON);
    expect(statuses(bad)).to.deep.equal([412]);
    expect(bad.text).not.to.contain('changesetresponse');
    expect((await get("accounts(accountnumber='7')")).status).to.equal(404);
  });

  it('A8: $1 stands for what part 1 made, in URLs, binds and @odata.id', async () => {
    const order = operation('POST', 'salesorders', { name: 'o', 'customerid_account@odata.bind': '$1' });
    const reference = operation('PUT', '$2/customerid_account/$ref', { '@odata.id': '$1' });
    const renames = ['$1', '/$1', '/api/data/v9.2/$1'].map((url) => operation('PATCH', url, { name: `by ${url}` }));
    const answer = await batch([[account('8'), order, reference, ...renames]]);
    expect(statuses(answer)).to.deep.equal([204, 204, 204, 204, 204, 204]);
    expect((await get("accounts(accountnumber='8')")).json.name).to.equal('by /api/data/v9.2/$1');
  });

  it('A8: an inner write may say type=entry, and a later GET sees what it wrote', async () => {
    const write = operation('POST', 'accounts', { name: 'seen', accountnumber: 'SEEN' }).replace(
      'application/json',
      'application/json; type=entry',
    );
    const answer = await batch([write, operation('GET', "accounts?$filter=accountnumber eq 'SEEN'&$select=name")]);
    expect(statuses(answer)).to.deep.equal([204, 200]);
    expect(answer.text).to.contain('"name":"seen"');
  });

  it('A8: a forward reference is 400', async () => {
    for (const early of [
      operation('POST', 'salesorders', { name: 'o', 'customerid_account@odata.bind': '$2' }),
      operation('PATCH', '/api/data/v9.2/$2', { name: 'o' }),
    ]) {
      const answer = await batch([[early]]);
      expect(answer.text).to.contain("Content-ID Reference: '$2' does not exist in the batch context.");
      expect(statuses(answer)).to.deep.equal([400]);
    }
  });

  it('A8: 1,000 operations and no more, no GET in a change set, no batch in a batch', async () => {
    const gets = (count: number) => Array.from({ length: count }, () => operation('GET', 'accounts?$select=name'));
    expect(statuses(await batch(gets(1000)))).to.have.length(1000);
    expect((await batch(gets(1001))).status).to.equal(400);
    expect((await batch([[operation('GET', 'accounts')]])).status).to.equal(400);
    expect((await batch([operation('POST', '$batch', {})])).status).to.equal(400);
  });

  it('A8: a JSON batch is not supported', async () => {
    expect((await send('POST', '$batch', { requests: [] })).status).to.equal(400);
  });

  it('A8: lines end with CRLF', async () => {
    const body = '--b\nContent-Type: application/http\n\nGET accounts HTTP/1.1\n\n\n--b--\n';
    const answer = await send('POST', '$batch', body, { 'content-type': 'multipart/mixed; boundary=b' });
    expect(answer.status).to.equal(400);
  });
});

describe('protocols A8: what is left open', () => {
  const environment = new Environment({ empty: true, dataverse: { failedChangeSet: 'wrapped', batchLines: 'any' } });
  const { batch, send } = environment;

  it('A8: a failed change set may come wrapped', async () => {
    const answer = await batch([[account('1'), account('1')]], { prefer: 'odata.continue-on-error' });
    expect(answer.text).to.contain('changesetresponse_');
  });

  it('A8: any line end may do', async () => {
    const body = '--b\nContent-Type: application/http\n\nGET accounts HTTP/1.1\n\n\n--b--\n';
    const answer = await send('POST', '$batch', body, { 'content-type': 'multipart/mixed; boundary=b' });
    expect(statuses(answer)).to.deep.equal([200]);
  });
});

describe('protocols A9: bulk messages', () => {
  const { send, get } = new Environment({ empty: true, dataverse: { tablesWithoutBulk: ['contact'] } });
  const bulk = (message: string, targets: Json[], set = 'accounts') =>
    send('POST', `${set}/Microsoft.Dynamics.CRM.${message}`, { Targets: targets });
  const target = (fields: Json): Json => ({ '@odata.type': 'Microsoft.Dynamics.CRM.account', ...fields });

  it('A9: CreateMultiple answers ids in the order of the targets', async () => {
    const { status, json } = await bulk('CreateMultiple', [target({ name: 'a' }), target({ name: 'b' })]);
    expect(status).to.equal(200);
    expect(json['@odata.context']).to.match(/\$metadata#Microsoft\.Dynamics\.CRM\.CreateMultipleResponse$/);
    expect((await get(`accounts(${json.Ids[1]})`)).json.name).to.equal('b');
  });

  it('A9: UpdateMultiple and UpsertMultiple are 204 without a result for each row', async () => {
    const { json } = await bulk('CreateMultiple', [target({ name: 'c', accountnumber: 'C' })]);
    expect((await bulk('UpdateMultiple', [target({ accountid: json.Ids[0], name: 'c2' })])).status).to.equal(204);
    const upserts = ['C', 'D'].map((number) =>
      target({ '@odata.id': `accounts(accountnumber='${number}')`, name: 'u' }),
    );
    const upserted = await bulk('UpsertMultiple', upserts);
    expect([upserted.status, upserted.text]).to.deep.equal([204, '']);
    expect((await get("accounts(accountnumber='D')")).json.name).to.equal('u');
  });

  it('A9: all targets or none', async () => {
    const { json } = await bulk('CreateMultiple', [target({ name: 'one' }), target({ name: 'two' })]);
    const [one, two] = json.Ids;
    const long = { name: 'x'.repeat(999) };
    for (const [message, targets] of [
      ['CreateMultiple', [target({ name: 'never' }), target(long)]],
      ['UpdateMultiple', [target({ accountid: one, name: 'never' }), target({ accountid: two, ...long })]],
      ['UpsertMultiple', [target({ accountid: one, name: 'never' }), target({ accountid: two, ...long })]],
    ] as const) {
      expect((await bulk(message, [...targets])).status, message).to.equal(400);
      expect((await get("accounts/$count?$filter=name eq 'never'")).text, message).to.equal('0');
    }
  });

  it('A9: there is no limit to the number of targets', async () => {
    const targets = Array.from({ length: 1500 }, (_, index) => target({ name: `many ${index}` }));
    expect((await bulk('CreateMultiple', targets)).json.Ids).to.have.length(1500);
  });

  it('A9: every target names its type', async () => {
    expect((await bulk('CreateMultiple', [{ name: 'a' }])).status).to.equal(400);
  });

  describe('elastic tables, and tables kept elsewhere', () => {
    const tables = [
      { name: 'new_reading', kind: 'elastic', columns: [{ name: 'new_value', type: 'whole', required: true }] },
      { name: 'new_mirror', kind: 'virtual', columns: [{ name: 'new_code', type: 'text' }] },
    ] as const;
    const { send, get } = new Environment({ empty: true, dataverse: { tables } });
    const reading = (fields: Json): Json => ({ '@odata.type': 'Microsoft.Dynamics.CRM.new_reading', ...fields });
    const bulk = (message: string, targets: Json[]) =>
      send('POST', `new_readings/Microsoft.Dynamics.CRM.${message}`, { Targets: targets });

    it('A9: of an elastic table, what can be done is done, and the failure told', async () => {
      const answer = await bulk('CreateMultiple', [reading({ new_value: 1 }), reading({}), reading({ new_value: 3 })]);
      expect(answer.status).to.equal(400);
      const { value } = (await get('new_readings?$select=new_value')).json;
      expect(value.map((row: Json) => row.new_value)).to.deep.equal([1, 3]);
    });

    it('A9: elastic tables know DeleteMultiple', async () => {
      const { json } = await bulk('CreateMultiple', [reading({ new_value: 7 }), reading({ new_value: 8 })]);
      const targets = json.Ids.map((id: string) => reading({ new_readingid: id }));
      expect((await bulk('DeleteMultiple', targets)).status).to.equal(204);
      expect((await get('new_readings/$count?$filter=new_value ge 7')).text).to.equal('0');
    });

    it('A6: a virtual table has no alternate keys', async () => {
      const alternateKeys = [{ table: 'new_mirror', columns: ['new_code'] }];
      const failure = await startSandbox({ empty: true, dataverse: { tables, alternateKeys } }).catch(
        (thrown: unknown) => thrown,
      );
      expect(String(failure)).to.contain('a virtual table has no alternate keys');
      const { json } = await get("EntityDefinitions(LogicalName='new_mirror')?$select=TableType");
      expect(json.TableType).to.equal('Virtual');
    });
  });

  describe('a message that takes too long', () => {
    const { send, get } = new Environment({ empty: true, dataverse: { targetsInTime: 2 } });

    it('A9: more targets than time allows are not worked off at all', async () => {
      const bulk = (count: number) =>
        send('POST', 'accounts/Microsoft.Dynamics.CRM.CreateMultiple', {
          Targets: Array.from({ length: count }, (_, index) => target({ name: `n${index}` })),
        });
      expect((await bulk(3)).status).to.equal(500);
      expect((await get('accounts/$count')).text).to.equal('0');
      expect((await bulk(2)).status).to.equal(200);
    });
  });

  it('A9: DeleteMultiple is for elastic tables, and some tables know no bulk message', async () => {
    expect((await bulk('DeleteMultiple', [])).status).to.equal(400);
    expect(refusal(await bulk('CreateMultiple', [], 'contacts')).slice(0, 2)).to.deep.equal([400, '0x80040800']);
  });
});
