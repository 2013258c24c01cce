import { canonicalDecimal } from '@isthmus/core';
import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { tableOf, finopsOf } from '../support/finops.js';
import { startRelay, writesIn, type Relay } from '../support/relay.js';
import { isReconciled, totalsOf, type HeldLine } from '../support/run-result.js';
import { psaOf, type Row } from '../support/service.js';
import { Site } from '../support/site.js';
import { install } from '../support/templates.js';

const TAX = 690970002;
const NOTHING = { created: 0, updated: 0, deleted: 0 };

/** What the platform itself keeps of a row. */
const KEPT_BY_PSA = ['@odata.etag', 'modifiedon', 'versionnumber', 'msdynce_vouchernumber'];

const content = (row: Row): string =>
  JSON.stringify(Object.fromEntries(Object.entries(row).filter(([name]) => !KEPT_BY_PSA.includes(name))));

const digits = (value: Row[string] | undefined): string | undefined => canonicalDecimal(String(value));

const byId = (rows: readonly Row[], id: string): Map<string, Row> => new Map(rows.map((row) => [String(row[id]), row]));

describe('What was posted in F&O comes back to PSA', () => {
  let sandbox: RunningSandbox;
  let relay: Relay;
  let site: Site;
  let original: Map<string, Row>;

  before(async () => {
    sandbox = await startSandbox({ scale: 0.1 });
    relay = await startRelay(sandbox, 'psa');
    site = new Site(sandbox, (rc) => {
      install(rc, 'contracts', 'tasks', 'categories', 'actuals', 'update');
      const { actuals, update } = rc.integrations;
      if (actuals) actuals.parameters = { importFromStaging: true, post: true };
      if (update) update.parameters = { voucherColumn: 'msdynce_vouchernumber' };
      // Noon, as which F&O carries days, is the next day there.
      rc.connectionSets.main.timeZone = 'Pacific/Auckland';
      Object.assign(rc.connections.psa, relay.address);
    });
    original = await psaActuals();
    expect(isReconciled(await site.run('--all'))).to.equal(true);
  });

  after(async () => {
    await relay.close();
    await sandbox.stop();
  });

  const psaActuals = async (): Promise<Map<string, Row>> =>
    byId(await psaOf(sandbox).rows('msdyn_actuals'), 'msdyn_actualid');
  const posted = async (): Promise<Row[]> =>
    (await tableOf(sandbox, 'ProjCDSActualsImports')).filter(({ Voucher }) => Voucher !== '');
  const held = async (): Promise<HeldLine[]> => (await site.isthmus('errors', '--json')).jsonLines<HeldLine>();

  it('every posted actual has its voucher number in PSA', async () => {
    const actuals = await psaActuals();
    const rows = await posted();
    expect(rows.length).to.be.greaterThan(20);
    for (const { ActualId, Voucher } of rows) {
      expect(actuals.get(String(ActualId))?.['msdynce_vouchernumber'], String(ActualId)).to.equal(Voucher);
    }
  });

  it('nothing else of an actual has changed: not the time of a day, not a digit, not what PSA leaves empty', async () => {
    const actuals = await psaActuals();
    for (const [id, row] of original) expect(content(actuals.get(id) ?? {})).to.equal(content(row));
  });

  it('sales tax has become one tax actual each, with the digits of F&O', async () => {
    const actuals = await psaActuals();
    const taxes = (await posted()).filter(({ TransactionClassification: kind }) => Number(kind) === TAX);
    expect(taxes.length).to.be.greaterThan(0);
    expect(actuals.size).to.equal(original.size + taxes.length);
    for (const tax of taxes) {
      const row = actuals.get(String(tax['ActualId']));
      expect(row).to.include({ msdyn_transactionclassification: TAX, msdynce_vouchernumber: tax['Voucher'] });
      expect(digits(row?.['msdyn_amount'])).to.equal(digits(tax['Amount']));
    }
  });

  it('every tax actual is connected to its origin, once', async () => {
    const actuals = await psaActuals();
    const connections = await psaOf(sandbox).rows('msdyn_transactionconnections');
    const taxes = [...actuals.values()].filter((row) => row['msdyn_transactionclassification'] === TAX);
    for (const { msdyn_actualid: id } of taxes) {
      const own = connections.filter((row) => row['msdyn_transaction1'] === id);
      expect(own, String(id)).to.have.length(1);
      expect(original.has(String(own[0]?.['msdyn_transaction2'])), 'the origin').to.equal(true);
    }
  });

  it('a second run writes nothing, in neither direction: what we wrote ourselves is no change', async () => {
    relay.passages.length = 0;
    const result = await site.run('--all');
    expect(totalsOf(result)).to.include(NOTHING);
    expect(isReconciled(result)).to.equal(true);
    expect(writesIn(relay.passages)).to.deep.equal([]);
  });

  it('nor does a full run', async () => {
    relay.passages.length = 0;
    expect(totalsOf(await site.run('--all', '--full'))).to.include(NOTHING);
    expect(writesIn(relay.passages)).to.deep.equal([]);
  });

  it('a field that is changed in F&O changes in PSA, and no other', async () => {
    const [row] = await posted();
    const { dataAreaId, ActualId } = row ?? {};
    const path = `ProjCDSActualsImports(dataAreaId='${dataAreaId}',ActualId=${ActualId})?cross-company=true`;
    await finopsOf(sandbox).update(path, { ExternalDescription: 'Seen by the auditor' });
    relay.passages.length = 0;
    const result = await site.run('update');
    expect(totalsOf(result)).to.include({ ...NOTHING, updated: 1 });
    expect(writesIn(relay.passages).map(({ method, body }) => ({ method, body }))).to.deep.equal([
      { method: 'PATCH', body: { msdyn_externaldescription: 'Seen by the auditor' } },
    ]);
  });

  it('a field that is changed in PSA goes to F&O and does not come back as a change', async () => {
    const id = String((await posted())[1]?.['ActualId']);
    await psaOf(sandbox).update(`msdyn_actuals(${id})`, { msdyn_externaldescription: 'Changed by hand' });
    relay.passages.length = 0;
    const result = await site.run('--all');
    expect(totalsOf(result)).to.include({ ...NOTHING, updated: 1 });
    expect(writesIn(relay.passages)).to.deep.equal([]);
    const [row] = (await posted()).filter(({ ActualId }) => ActualId === id);
    expect(row).to.include({ ExternalDescription: 'Changed by hand' });
  });

  it('an actual that is deleted in PSA is not made again, and is told of', async () => {
    const id = String((await posted())[2]?.['ActualId']);
    await psaOf(sandbox).remove(`msdyn_actuals(${id})`);
    await site.run('update', '--full');
    expect((await psaActuals()).has(id)).to.equal(false);
    const [line, ...others] = (await held()).filter(({ integration }) => integration === 'update');
    expect(line).to.include({ code: 'RECORD_TO_CHANGE_MISSING', sourceId: `${line?.legalEntity}/${id}` });
    expect(others).to.deep.equal([]);
  });

  it('a connection of which one end is missing in PSA is not written, and says which', async () => {
    const [tax] = (await posted()).filter(({ TransactionClassification: kind }) => Number(kind) === TAX);
    const nobody = '00000000-0000-4000-8000-00000000dead';
    await finopsOf(sandbox).create('ProjCDSTransactionRelationshipImports', {
      ConnectionId: '00000000-0000-4000-8000-00000000c0de',
      Transaction1Id: String(tax?.['ActualId']),
      Transaction1Role: 'Tax',
      Transaction1Type: 'msdyn_actual',
      Transaction2Id: nobody,
      Transaction2Role: 'Cost',
      Transaction2Type: 'msdyn_actual',
    });
    await site.run('update');
    const line = (await held()).find(({ task }) => task === 'posted-relationships');
    expect(line?.code).to.equal('RECORD_LOOKUP_MISSING');
    expect(line?.errors[0]?.message).to.contain(nobody);
  });
});
