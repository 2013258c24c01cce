import { expect } from 'chai';
import type { Json } from './support.test.support.js';
import { Environment, idIn, NOBODY, refusal } from './support.test.support.js';

describe('protocols A1: a table that is open for one’s own rows only', () => {
  const environment = new Environment({ scale: 0.1, dataverse: { userLevelTables: ['account', 'contact'] } });
  const { send, get, create } = environment;
  let foreign = '';
  let other = '';
  const bulk = (message: string, fields: Json) =>
    send('POST', `accounts/Microsoft.Dynamics.CRM.${message}`, {
      Targets: [{ '@odata.type': 'Microsoft.Dynamics.CRM.account', ...fields }],
    });

  before(async () => {
    other = await create('systemusers', { fullname: 'Ida', internalemailaddress: 'ida@contoso.example' });
    const made = await send('POST', 'accounts', { name: 'hers' }, { mscrmcallerid: idIn(other) });
    foreign = made.headers.get('odata-entityid') ?? '';
  });

  it('A1: a row of somebody else is 403 AccessDenied, whatever is asked of it', async () => {
    for (const answer of [
      await get(foreign),
      await get(`${foreign}/name`),
      await send('PATCH', foreign, { name: 'mine' }),
      await send('DELETE', foreign),
      await send('PUT', `${foreign}/name`, { value: 'mine' }),
      await send('DELETE', `${foreign}/primarycontactid/$ref`),
      await bulk('UpdateMultiple', { accountid: idIn(foreign), name: 'mine' }),
      await bulk('UpsertMultiple', { accountid: idIn(foreign), name: 'mine' }),
    ]) {
      expect(answer.status).to.equal(403);
      expect(answer.json.error.message).to.match(/^AccessDenied: /);
    }
    const own = await create('accounts', { name: 'own' });
    expect((await send('PATCH', own, { name: 'still mine' })).status).to.equal(204);
  });

  it('A1: queries and counts leave such rows out', async () => {
    for (const query of ["$filter=name eq 'hers'", "$filter=name eq 'hers'&$orderby=name"])
      expect((await get(`accounts?${query}`)).json.value).to.deep.equal([]);
    expect((await get("accounts/$count?$filter=name eq 'hers'")).text).to.equal('0');
  });

  it('A1: what was found for one user is not shown to another', async () => {
    const query = "accounts?$select=name&$filter=name eq 'hers'&$orderby=name";
    expect((await get(query, { mscrmcallerid: idIn(other) })).json.value).to.have.length(1);
    expect((await get(query)).json.value).to.deep.equal([]);
  });

  it('A7: tracking changes needs to read the whole table, which reading does not', async () => {
    expect((await get('accounts?$select=name')).status).to.equal(200);
    const answer = await get('accounts?$select=name', { prefer: 'odata.track-changes' });
    expect(refusal(answer).slice(0, 2)).to.deep.equal([403, '0x80040220']);
    expect((await get('msdyn_projects?$select=msdyn_subject', { prefer: 'odata.track-changes' })).status).to.equal(200);
  });
});

describe('protocols A1: privileges, whatever way a table is reached', () => {
  const { send, get, create } = new Environment({
    empty: true,
    dataverse: { withheldPrivileges: ['prvCreateContact', 'prvReadContact', 'prvWriteContact'] },
  });
  const target = { '@odata.type': 'Microsoft.Dynamics.CRM.contact', lastname: 'n' };
  const bulk = (message: string, more = {}) =>
    send('POST', `contacts/Microsoft.Dynamics.CRM.${message}`, { Targets: [{ ...target, ...more }] });

  it('A1: a missing privilege is 403 for bulk messages, nested rows and expands too', async () => {
    const nested = { name: 'n', primarycontactid: { lastname: 'nested' } };
    const account = await create('accounts', { name: 'n' });
    for (const answer of [
      await send('POST', 'contacts', { lastname: 'n' }),
      await send('POST', 'accounts', nested),
      await bulk('CreateMultiple'),
      await bulk('UpsertMultiple', { contactid: NOBODY }),
      await send('PATCH', `contacts(${NOBODY})`, { lastname: 'n' }),
      await get(`${account}?$expand=primarycontactid`),
      await get('accounts?$expand=primarycontactid($select=lastname)'),
      await get(`${account}/primarycontactid`),
      await get(`${account}/account_contact_parentcustomerid_account`),
      await get(`${account}/account_contact_parentcustomerid_account/$count`),
      await get("accounts?$filter=primarycontactid/lastname eq 'n'"),
      await get("accounts?$filter=account_contact_parentcustomerid_account/any(c:c/lastname eq 'n')"),
      await get('accounts?$orderby=primarycontactid/lastname'),
      await get('accounts?$apply=groupby((primarycontactid/lastname))'),
    ])
      expect(refusal(answer).slice(0, 2)).to.deep.equal([403, '0x80040220']);
  });
});
