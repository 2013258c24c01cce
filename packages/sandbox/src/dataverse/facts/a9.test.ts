import { expect } from 'chai';
import { startSandbox } from '../../index.js';
import type { Json } from './support.test.support.js';
import { Environment, refusal } from './support.test.support.js';

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

    describe('without the privilege to delete', () => {
      const { send } = new Environment({
        empty: true,
        dataverse: { tables, withheldPrivileges: ['prvDeletenew_reading'] },
      });

      it('A9: DeleteMultiple needs what a delete needs', async () => {
        const path = 'new_readings/Microsoft.Dynamics.CRM.';
        const { json } = await send('POST', `${path}CreateMultiple`, { Targets: [reading({ new_value: 1 })] });
        const targets = json.Ids.map((id: string) => reading({ new_readingid: id }));
        expect((await send('POST', `${path}DeleteMultiple`, { Targets: targets })).status).to.equal(403);
      });
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
