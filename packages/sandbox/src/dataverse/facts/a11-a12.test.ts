import { expect } from 'chai';
import { setTimeout } from 'node:timers/promises';
import type { Json } from './support.test.support.js';
import { Environment, NOBODY, refusal } from './support.test.support.js';

const RETURN = { prefer: 'return=representation', accept: 'application/json;IEEE754Compatible=true' };

describe('protocols A11: errors', () => {
  const { send, get, create } = new Environment();

  it('A11: an error has code and message; all details come with every annotation', async () => {
    const body = { name: 'x'.repeat(161) };
    const plain = await send('POST', 'accounts', body);
    expect(Object.keys(plain.json.error)).to.deep.equal(['code', 'message']);
    const { json } = await send('POST', 'accounts', body, { prefer: 'odata.include-annotations="*"' });
    expect(json.error).to.have.all.keys(
      'code',
      'message',
      '@Microsoft.PowerApps.CDS.ErrorDetails.OperationStatus',
      '@Microsoft.PowerApps.CDS.ErrorDetails.SubErrorCode',
      '@Microsoft.PowerApps.CDS.HelpLink',
      '@Microsoft.PowerApps.CDS.TraceText',
      '@Microsoft.PowerApps.CDS.InnerError.Message',
    );
  });

  it('A11: a text that is too long is 0x80044331 and names attribute, entity and maximum', async () => {
    const [status, code, message] = refusal(await send('POST', 'accounts', { name: 'x'.repeat(161) }));
    expect([status, code]).to.deep.equal([400, '0x80044331']);
    expect(message).to.contain("'name'").and.to.contain("'account'").and.to.contain("'160'");
  });

  it('A11: what is not there is 404, also where nobody knows the address: then without a code', async () => {
    expect((await get('accounts(88888888-8888-4888-8888-888888888888)')).status).to.equal(404);
    expect(refusal(await get('../v1.0/accounts')).slice(0, 2)).to.deep.equal([404, '']);
  });

  it('A11: the wrong verb is 405, on whatever resource', async () => {
    const account = await create('accounts', { name: 'n' });
    for (const [method, path] of [
      ['PUT', 'accounts'],
      ['PATCH', 'accounts'],
      ['PUT', account],
      ['POST', `${account}/name`],
      ['PATCH', `${account}/primarycontactid`],
      ['POST', `${account}/primarycontactid/$ref`],
      ['PUT', `${account}/account_account_parentaccountid/$ref`],
      ['POST', ''],
      ['DELETE', '$metadata'],
      ['POST', 'WhoAmI'],
      ['GET', '$batch'],
      ['POST', 'EntityDefinitions'],
    ] as const)
      expect(refusal(await send(method, path, method === 'GET' ? undefined : {}))[0], `${method} ${path}`).to.equal(
        405,
      );
  });
});

describe('protocols A11: errors of the service as a whole', () => {
  const environment = new Environment();
  const { send, get } = environment;

  it('A11: a message above 116.85 MB is 413', async () => {
    const tooMuch = await send('POST', 'accounts', JSON.stringify({ name: 'x'.repeat(116_850_000) }));
    expect(refusal(tooMuch).slice(0, 2)).to.deep.equal([413, '0x80040216']);
  });

  for (const status of [501, 503]) {
    it(`A11: ${status} can be had on demand, with an error body`, async () => {
      await environment.open.control('POST', 'faults', [{ system: 'psa', kind: 'status', status, times: 1 }]);
      const answer = await get('accounts');
      expect(answer.status).to.equal(status);
      expect(answer.json.error).to.have.all.keys('code', 'message');
      expect((await get('accounts')).status).to.equal(200);
    });
  }
});

describe('protocols A11: what is left open', () => {
  const errorCodes = { '0x80040217': '0x80040999', '0x80040237': '0x80040998', '0x80044352': '0x80040997' };
  const { send, get, create } = new Environment({ empty: true, dataverse: { errorCodes } });

  it('A11: a code that is not documented may be another one', async () => {
    const id = NOBODY;
    expect(refusal(await get(`accounts(${id})`))[1]).to.equal('0x80040999');
    await create('accounts', { name: 'n', accountid: id });
    expect(refusal(await send('POST', 'accounts', { name: 'n', accountid: id }))[1]).to.equal('0x80040998');
    expect(refusal(await get('accounts?$deltatoken=1%2101%2F01%2F2020%2000%3A00%3A00'))[1]).to.equal('0x80040997');
  });
});

describe('protocols A12: data types', () => {
  const { send, get, create } = new Environment();

  before(async () => {
    for (const [isocurrencycode, exchangerate] of [
      ['USD', 1],
      ['EUR', 0.8],
    ]) {
      await create('transactioncurrencies', {
        isocurrencycode,
        exchangerate,
        currencyname: isocurrencycode,
        currencysymbol: isocurrencycode,
        currencyprecision: 2,
      });
    }
  });

  const made = async (set: string, body: Json): Promise<Json> => (await send('POST', set, body, RETURN)).json;

  it('A12: choices are integers, and what is no option is refused', async () => {
    expect(await made('salesorders', { name: 'n', msdyn_ordertype: 192350001 })).to.include({
      msdyn_ordertype: 192350001,
      statecode: 0,
      statuscode: 1,
    });
    expect((await send('POST', 'salesorders', { name: 'n', msdyn_ordertype: 1 })).status).to.equal(400);
  });

  it('A12: money has four decimals on the wire', async () => {
    const { text } = await send(
      'POST',
      'accounts?$select=creditlimit',
      { name: 'n', creditlimit: 20000 },
      {
        prefer: 'return=representation',
      },
    );
    expect(text).to.contain('"creditlimit":20000.0000');
  });

  it('A12: every amount has its base amount: amount / exchange rate of the row', async () => {
    const euro = { 'transactioncurrencyid@odata.bind': "/transactioncurrencies(isocurrencycode='EUR')" };
    const row = await made('accounts', { name: 'n', creditlimit: 100.1, creditlimit_base: 7, ...euro });
    expect(row).to.include({ exchangerate: '0.8000000000', creditlimit_base: '125.1250' });
  });

  for (const [moneyPrecision, what, amount, base] of [
    ['column', 'its column', 1234.5678, 617.2839],
    ['currency', 'its currency, and the base amount of the base currency', 1235, 617.5],
    [1, 'the organisation', 1234.6, 617.3],
  ] as const) {
    describe(`an amount has the digits of ${what}`, () => {
      const { get, create } = new Environment({ empty: true, dataverse: { moneyPrecision } });

      it(`A12: 1234.5678 is kept as ${amount}, and ${base} of the base currency`, async () => {
        const [dollar, yen] = [
          {
            isocurrencycode: 'USD',
            currencyname: 'Dollar',
            currencysymbol: '$',
            currencyprecision: 2,
            exchangerate: 1,
          },
          { isocurrencycode: 'JPY', currencyname: 'Yen', currencysymbol: '¥', currencyprecision: 0, exchangerate: 2 },
        ];
        await create('transactioncurrencies', dollar);
        const currency = await create('transactioncurrencies', yen);
        const bound = { 'transactioncurrencyid@odata.bind': currency };
        const order = await create('salesorders', { name: 'o', totaltax: 1234.5678, ...bound });
        expect((await get(order)).json).to.include({ totaltax: amount, totaltax_base: base });
      });
    });
  }

  it('A12: a moment without an offset is UTC, and with one is turned into UTC', async () => {
    const actual = (text: string) => made('msdyn_actuals', { msdyn_documentdate: text });
    expect(await actual('2024-05-01T10:00:00')).to.include({ msdyn_documentdate: '2024-05-01T10:00:00Z' });
    expect(await actual('2024-05-01T10:00:00+02:00')).to.include({ msdyn_documentdate: '2024-05-01T08:00:00Z' });
  });

  it('A12: a date alone is yyyy-MM-dd, and nothing is before 1753', async () => {
    expect(await made('salesorders', { name: 'n', submitdate: '2024-02-29' })).to.include({ submitdate: '2024-02-29' });
    expect((await send('POST', 'salesorders', { name: 'n', submitdate: '1752-12-31' })).status).to.equal(400);
    expect(await made('salesorders', { name: 'n', submitdate: '1753-01-01' })).to.include({ submitdate: '1753-01-01' });
    const actual = (moment: string) => send('POST', 'msdyn_actuals', { msdyn_documentdate: moment });
    expect((await actual('1752-12-31T23:59:59Z')).status).to.equal(400);
    expect((await actual('1753-01-01T00:00:00Z')).status).to.equal(204);
    expect((await send('POST', 'salesorders', { name: 'n', submitdate: '2023-02-29' })).status).to.equal(400);
  });

  it('A12: createdon, modifiedon and versionnumber are kept by the system, the version in step with the etag', async () => {
    const row = await made('accounts', { name: 'n', createdon: '2000-01-01T00:00:00Z', versionnumber: 1 });
    expect(row.createdon)
      .to.match(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
      .and.not.to.match(/^2000/);
    expect(row['@odata.etag']).to.equal(`W/"${row.versionnumber}"`);
  });

  it('A12: modifiedon moves with each change, createdon stays', async () => {
    const old = '2000-01-01T00:00:00Z';
    const row = await made('accounts', { name: 'n', modifiedon: old });
    expect(row.modifiedon).to.equal(row.createdon).and.not.to.equal(old);
    await setTimeout(1100);
    await send('PATCH', `accounts(${row.accountid})`, { name: 'm', createdon: old, modifiedon: old });
    const { json } = await get(`accounts(${row.accountid})`);
    expect(json.createdon).to.equal(row.createdon);
    expect(Date.parse(json.modifiedon)).to.be.above(Date.parse(row.modifiedon));
  });

  describe('versions that count apart', () => {
    const { get, create } = new Environment({ dataverse: { versionNumbers: 'own' } });

    it('A12: versionnumber may have a counter of its own', async () => {
      await create('accounts', { name: 'new' });
      const { value } = (await get('accounts?$select=versionnumber')).json;
      const versions = value.map((row: Json) => `W/"${String(row.versionnumber)}"`);
      expect(versions).to.have.length.above(1);
      value.forEach((row: Json, index: number) => expect(row['@odata.etag']).not.to.equal(versions[index]));
    });
  });

  it('A12: EntityDefinitions tells types, lengths and options', async () => {
    const attributes = "EntityDefinitions(LogicalName='salesorder')/Attributes";
    const name = (await get(`${attributes}(LogicalName='name')`)).json;
    expect(name).to.include({
      '@odata.type': '#Microsoft.Dynamics.CRM.StringAttributeMetadata',
      AttributeType: 'String',
      MaxLength: 300,
    });
    expect(name.RequiredLevel.Value).to.equal('ApplicationRequired');
    const choices = 'Microsoft.Dynamics.CRM.PicklistAttributeMetadata?$select=LogicalName&$expand=OptionSet';
    const { json } = await get(`${attributes}(LogicalName='msdyn_ordertype')/${choices}`);
    expect(json.OptionSet.Options[1].Value).to.equal(192350001);
    expect(json.OptionSet.Options[1].Label.UserLocalizedLabel.Label).to.equal('Work based');
    const all = await get(`${attributes}/${choices}`);
    expect(all.json.value.map((row: Json) => row.LogicalName)).to.include('paymenttermscode');
    const money = "$select=LogicalName&$filter=AttributeType eq Microsoft.Dynamics.CRM.AttributeTypeCode'Money'";
    expect((await get(`${attributes}?${money}`)).json.value.map((row: Json) => row.LogicalName)).to.include(
      'totalamount_base',
    );
  });

  describe('columns of every type', () => {
    const columns = [
      { name: 'new_code', type: 'text', required: true },
      { name: 'new_picture', type: 'binary' },
      { name: 'new_short', type: 'short' },
      { name: 'new_share', type: 'double' },
      { name: 'new_rate', type: 'decimal' },
      { name: 'new_local', type: 'dateTime' },
      { name: 'new_fixed', type: 'dateTime', behavior: 'TimeZoneIndependent' },
      { name: 'new_day', type: 'date' },
    ] as const;
    const tables = [{ name: 'new_thing', columns }];
    const { send, get } = new Environment({ empty: true, dataverse: { tables, timeZone: 'Asia/Tokyo' } });
    const made = async (fields: Json): Promise<Json> =>
      (await send('POST', 'new_things', { new_code: 'n', ...fields }, RETURN)).json;

    it('A12: $metadata shows every primitive type that is documented', async () => {
      const { text } = await get('$metadata');
      const typeOf = (name: string) => new RegExp(`<Property Name="${name}" Type="([^"]+)"`).exec(text)?.[1];
      const found = columns.map(({ name }) => typeOf(name));
      found.push(...['statecode', 'versionnumber', 'new_thingid', 'isdisabled'].map(typeOf));
      expect(found).to.deep.equal(
        [
          ...['String', 'Binary', 'Int16', 'Double', 'Decimal', 'DateTimeOffset', 'DateTimeOffset', 'Date'],
          ...['Int32', 'Int64', 'Guid', 'Boolean'],
        ].map((name) => `Edm.${name}`),
      );
    });

    it('A12: bytes travel as base64, and a whole number of 16 bits has its bounds', async () => {
      expect(await made({ new_picture: 'AQIDBA==', new_short: 32_767 })).to.include({
        new_picture: 'AQIDBA==',
        new_short: 32_767,
      });
      expect(await made({ new_short: -32_768 })).to.include({ new_short: -32_768 });
      expect((await send('POST', 'new_things', { new_code: 'n', new_short: -32_769 })).status).to.equal(400);
      for (const wrong of [{ new_picture: 'no base64!' }, { new_short: 32_768 }, { new_short: 1.5 }])
        expect((await send('POST', 'new_things', { new_code: 'n', ...wrong })).status).to.equal(400);
      expect((await get('new_things?$filter=new_short gt 32766&$select=new_short')).json.value).to.have.length(1);
      expect((await get("new_things?$filter=new_picture eq 'AQIDBA=='")).status).to.equal(400);
    });

    it('A12: EntityDefinitions tells how dates behave', async () => {
      const attributes = "EntityDefinitions(LogicalName='new_thing')/Attributes";
      const behaviour = async (name: string): Promise<unknown> =>
        (await get(`${attributes}(LogicalName='${name}')`)).json.DateTimeBehavior;
      expect(await behaviour('new_local')).to.deep.equal({ Value: 'UserLocal' });
      expect(await behaviour('new_fixed')).to.deep.equal({ Value: 'TimeZoneIndependent' });
      expect(await behaviour('new_day')).to.deep.equal({ Value: 'DateOnly' });
      expect(await behaviour('new_code')).to.equal(null);
    });

    it('A12: both kinds of moment are UTC on the wire, a day is a day', async () => {
      const moment = '2024-02-29T20:30:00+02:00';
      expect(await made({ new_local: moment, new_fixed: moment, new_day: '2024-02-29' })).to.include({
        new_local: '2024-02-29T18:30:00Z',
        new_fixed: '2024-02-29T18:30:00Z',
        new_day: '2024-02-29',
      });
    });

    it('A5: formatted moments are those of the user’s time zone, where the column is one of it', async () => {
      const moment = { new_local: '2024-02-29T18:30:00Z', new_fixed: '2024-02-29T18:30:00Z', new_day: '2024-02-29' };
      const prefer = `${RETURN.prefer},odata.include-annotations="*"`;
      const { json } = await send('POST', 'new_things', { new_code: 'n', ...moment }, { prefer });
      expect(json).to.include({
        'new_local@OData.Community.Display.V1.FormattedValue': '3/1/2024 3:30 AM',
        'new_fixed@OData.Community.Display.V1.FormattedValue': '2/29/2024 6:30 PM',
        'new_day@OData.Community.Display.V1.FormattedValue': '2/29/2024',
      });
    });
  });

  it('A5: the user’s time zone is UTC unless told', async () => {
    const body = { msdyn_documentdate: '2024-02-29T18:30:00Z' };
    const { json } = await send('POST', 'msdyn_actuals', body, {
      prefer: 'return=representation,odata.include-annotations="*"',
    });
    const name = 'msdyn_documentdate@OData.Community.Display.V1.FormattedValue';
    expect(json[name]).to.equal('2/29/2024 6:30 PM');
  });

  it('A12: EntityDefinitions tells how tables hang together', async () => {
    const select = '$select=ReferencedEntity,ReferencingEntityNavigationPropertyName';
    const { json } = await get(
      `EntityDefinitions(LogicalName='salesorderdetail')/ManyToOneRelationships?${select}&$filter=ReferencingAttribute eq 'salesorderid'`,
    );
    expect(json.value).to.have.length(1);
    expect(json.value[0]).to.include({ ReferencedEntity: 'salesorder' });
  });
});
