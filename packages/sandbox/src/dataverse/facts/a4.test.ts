import { expect } from 'chai';
import { Environment } from './support.test.support.js';

describe('protocols A3 and A4: counts and pages', () => {
  const { get } = new Environment({ seed: 3, scale: 60 });

  it('A3: @odata.count and $count stop at 5000', async () => {
    const prefer = 'odata.include-annotations="*"';
    const { json } = await get('msdyn_actuals?$select=msdyn_actualid&$count=true&$top=1', { prefer });
    expect(json).to.include({
      '@odata.count': 5000,
      '@Microsoft.Dynamics.CRM.totalrecordcount': 5000,
      '@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded': true,
    });
    expect((await get('msdyn_actuals/$count')).text).to.equal('5000');
  });

  it('A4: default and maximum page is 5000', async () => {
    const select = 'msdyn_actuals?$select=msdyn_actualid';
    expect((await get(select)).json.value).to.have.length(5000);
    expect((await get(select, { prefer: 'odata.maxpagesize=9000' })).json.value).to.have.length(5000);
    expect((await get(select, { prefer: 'odata.maxpagesize=3' })).json.value).to.have.length(3);
  });

  for (const size of ['0', '-1', 'many', '1.5']) {
    it(`A4: a page size of ${size} is none, and not said to be honoured`, async () => {
      const answer = await get('msdyn_actuals?$select=msdyn_actualid&$top=1', { prefer: `odata.maxpagesize=${size}` });
      expect(answer.json.value).to.have.length(1);
      expect(answer.headers.has('preference-applied')).to.equal(false);
    });
  }

  it('A4: the next link keeps the options and carries an encoded cookie inside of a cookie', async () => {
    const first = await get('msdyn_actuals?$select=msdyn_actualid', { prefer: 'odata.maxpagesize=2' });
    const link: string = first.json['@odata.nextLink'];
    expect(link).to.match(
      /\/msdyn_actuals\?\$select=msdyn_actualid&\$skiptoken=%3Ccookie%20pagenumber=%222%22%20pagingcookie=%22%253ccookie/,
    );
    expect(decodeURIComponent(link)).to.match(/istracking="False" \/>$/);
    const second = await get(link, { prefer: 'odata.maxpagesize=2' });
    expect(second.json.value).to.have.length(2).and.not.to.deep.include(first.json.value[0]);
    expect(decodeURIComponent(second.json['@odata.nextLink'])).to.contain('pagenumber="3"');
  });

  it('A4: beside odata.maxpagesize, $top is ignored', async () => {
    const { json } = await get('msdyn_actuals?$select=msdyn_actualid&$top=1', { prefer: 'odata.maxpagesize=4' });
    expect(json.value).to.have.length(4);
    expect(json).to.have.property('@odata.nextLink');
  });
});
