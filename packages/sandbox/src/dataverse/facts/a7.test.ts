import { expect } from 'chai';
import type { Json } from './support.test.support.js';
import { Environment, idIn } from './support.test.support.js';

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

  it('A7: counting changes is barred where tracking them is', async () => {
    const token = String((await get('accounts?$select=name', TRACK)).json['@odata.deltaLink']).split('$deltatoken=')[1];
    expect((await get(`accounts/$count?$deltatoken=${token}`)).status).to.equal(200);
    for (const option of ["$filter=name eq 'a'", '$orderby=name', '$expand=primarycontactid', '$top=1'])
      expect((await get(`accounts/$count?${option}&$deltatoken=${token}`)).status, option).to.equal(400);
    expect((await get(`systemusers/$count?$deltatoken=${token}`)).status).to.equal(400);
  });

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
