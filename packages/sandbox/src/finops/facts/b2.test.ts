import { expect } from 'chai';
import { type Json } from '../../client.test.support.js';
import { environment } from './environment.test.support.js';

describe('protocols B2: companies', () => {
  const { get, send } = environment();
  const companies = async (query: string): Promise<string[]> =>
    (await get(`CustomersV3?$select=dataAreaId${query}`)).json.value.map((row: Json) => row.dataAreaId);

  it("B2: reads see the user's company; cross-company=true widens them, a filter narrows them again", async () => {
    expect(new Set(await companies(''))).to.deep.equal(new Set(['usmf']));
    expect(new Set(await companies('&cross-company=true'))).to.deep.equal(new Set(['usmf', 'ussi']));
    expect(await companies("&cross-company=true&$filter=dataAreaId eq 'ussi'")).to.deep.equal(['ussi']);
  });

  it("B2: the body's dataAreaId says where a new row goes; without it, to the current company", async () => {
    const term = { Name: 'Net90' };
    expect((await send('POST', 'PaymentTerms', term)).json.dataAreaId).to.equal('usmf');
    expect((await send('POST', 'PaymentTerms', { ...term, dataAreaId: 'ussi' })).json.dataAreaId).to.equal('ussi');
  });

  it('B2: a row of another company is changed and deleted across companies only', async () => {
    const path = "PaymentTerms(dataAreaId='ussi',Name='Net90')";
    for (const method of ['PATCH', 'PUT', 'DELETE']) {
      const body = method === 'DELETE' ? undefined : { NumberOfDays: 90 };
      expect((await send(method, path, body)).status, method).to.equal(400);
      expect((await send(method, `${path}?cross-company=true`, body)).status, method).to.equal(204);
    }
  });

  it('B2: company ids come back in lower case', async () => {
    const { json } = await send('POST', 'PaymentTerms', { Name: 'Net91', dataAreaId: 'USSI' });
    expect(json.dataAreaId).to.equal('ussi');
  });
});
