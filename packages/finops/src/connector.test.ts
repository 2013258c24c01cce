import { keyText, type Connector, type WriteOperation, type WriteOutcome } from '@isthmus/core';
import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { connectTo, failureOf, pagesOf, plan, requestsOf, rowsOf } from './sandbox.test.fixture.js';

const entity = 'ProjCDSProjectContractEntity';

const contract = (id: string, more: WriteOperation['fields'] = {}): WriteOperation => ({
  kind: 'create',
  legalEntity: 'USMF',
  key: { ProjectContractID: id },
  fields: { ProjectContractID: id, Name: `Contract ${id}`, CurrencyCode: 'USD', ExchangeRate: '1.2345678901', ...more },
});

const change = (id: string, fields: WriteOperation['fields']): WriteOperation => ({
  ...contract(id),
  kind: 'update',
  fields,
});

const codeOf = (outcome: WriteOutcome | undefined): string =>
  outcome === undefined ? 'none' : outcome.ok ? 'ok' : outcome.error.code;

describe('A connection to Finance & Operations, at the sandbox', () => {
  let sandbox: RunningSandbox;
  let fno: Connector;

  before(async () => {
    sandbox = await startSandbox();
    fno = connectTo(sandbox);
  });
  after(async () => {
    await fno.close();
    await sandbox.stop();
  });
  beforeEach(() => requestsOf(sandbox));

  const write = (...operations: WriteOperation[]): Promise<WriteOutcome[]> => fno.write({ entity, operations });
  const find = (ids: readonly string[], fields: readonly string[], legalEntity = 'usmf') =>
    fno.find({ entity, key: ['ProjectContractID'], values: ids.map((id) => [id]), fields, legalEntity });

  it('answers, lets the client in and agrees on the time', async () => {
    expect((await fno.check()).map(({ name, status }) => `${name} ${status}`)).to.deep.equal([
      'credentials ok',
      'service ok',
      'clock ok',
    ]);
  });

  it('says which of them is wrong', async () => {
    const stranger = connectTo(sandbox, { clientSecret: 'wrong' });
    const [check, ...others] = await stranger.check();
    expect(check).to.include({ name: 'credentials', status: 'failed' });
    expect(JSON.stringify(check)).to.contain('AADSTS').and.not.contain('wrong');
    expect(others).to.deep.equal([]);
    await stranger.close();
  });

  it('describes the integration entities, and leaves out what does not exist', async () => {
    const described = await fno.describe([entity, 'CustomersV3', 'NoSuchEntity']);
    expect([...described.values()].map(({ set }) => set)).to.deep.equal(['ProjCDSProjectContracts', 'CustomersV3']);
    expect(described.get(entity)?.key).to.deep.equal(['ProjectContractID']);
    expect(described.get(entity)?.fields.get('Name')?.maxLength).to.equal(60);
  });

  it('knows no lengths where $metadata gives none, and leaves it to the service to refuse a text', async () => {
    const silent = await startSandbox({ finops: { metadataLengths: 'left-out' } });
    const connector = connectTo(silent);
    const described = await connector.describe([entity]);
    expect(described.get(entity)?.fields.get('Name')).to.include({ type: 'text', required: false });
    expect(described.get(entity)?.fields.get('Name')).not.to.have.property('maxLength');
    const operations = [contract('L-1'), contract('L-2', { Name: 'x'.repeat(61) })];
    const outcomes = await connector.write({ entity, operations });
    expect(outcomes.map(codeOf)).to.deep.equal(['ok', 'FINOPS_TEXT_TOO_LONG']);
    await connector.close();
    await silent.stop();
  });

  describe('reading', () => {
    it('brings the rows of one legal entity, page by page', async () => {
      const small = await startSandbox({ maxPageSize: 10 });
      const connector = connectTo(small);
      const pages = await pagesOf(connector, {
        entity: 'CustomersV3',
        paths: ['OrganizationName'],
        legalEntity: 'USMF',
      });
      const rows = pages.flatMap((page) => page.rows);
      expect(pages.length).to.be.greaterThan(2);
      expect(pages.every(({ filtered }) => filtered)).to.equal(true);
      expect(new Set(rows.map((row) => row['dataAreaId']))).to.deep.equal(new Set(['usmf']));
      expect(new Set(rows.map((row) => row['CustomerAccount'])).size).to.equal(rows.length);
      expect(await connector.count('CustomersV3', 'usmf')).to.equal(rows.length);
      await connector.close();
      await small.stop();
    });

    it('brings those of all legal entities where none is named', async () => {
      const rows = await rowsOf(fno, { entity: 'CustomersV3', paths: ['CustomerAccount'] });
      expect(new Set(rows.map((row) => row['dataAreaId']))).to.deep.equal(new Set(['usmf', 'ussi']));
      expect(await fno.count('CustomersV3')).to.equal(rows.length);
    });

    it('brings what has changed since a token, where a field tells', async () => {
      const modifiedFields = { [entity]: 'AddressValidFrom' };
      const connector = connectTo(sandbox, { modifiedFields });
      const at = (id: string, time: string) => contract(id, { AddressValidFrom: `2026-03-01T${time}Z` });
      await write(at('M-1', '08:00:00'), at('M-2', '09:00:00'), at('M-3', '10:00:00'));
      const readFrom = async (changesSince?: string) => {
        const since = changesSince === undefined ? {} : { changesSince };
        const query = { entity, paths: ['ProjectContractID'], filter: [], legalEntity: 'usmf', trackChanges: true };
        const pages = await pagesOf(connector, { ...query, ...since });
        const ids = pages.flatMap(({ rows }) => rows.map((row) => row['ProjectContractID']));
        return { ids, token: pages.at(-1)?.token };
      };
      expect((await connector.describe([entity])).get(entity)?.changeTracking).to.equal(true);
      const { ids, token } = await readFrom();
      expect(ids).to.include.members(['M-1', 'M-2', 'M-3']);
      // What was changed shortly before is read again: it may have been committed later.
      expect(token).to.equal('2026-03-01T09:55:00Z');
      expect(await readFrom(token)).to.deep.equal({ ids: ['M-3'], token });
      await write(change('M-1', { AddressValidFrom: '2026-03-01T11:00:00Z' }));
      expect(await readFrom(token)).to.deep.equal({ ids: ['M-1', 'M-3'], token: '2026-03-01T10:55:00Z' });
      await connector.close();
    });

    it('reads everything, and says so, where a token is of no use any more', async () => {
      const [page] = await pagesOf(fno, {
        entity: 'CustomersV3',
        paths: ['CustomerAccount'],
        filter: [],
        changesSince: '2026-03-01T09:55:00Z',
      });
      expect(page).to.include({ restarted: true });
      expect(page?.rows.length).to.be.greaterThan(0);
    });

    it('has the service filter, also by enums', async () => {
      const [row, ...others] = await rowsOf(fno, {
        entity: 'ProjCDSProjectGroupDefaultEntity',
        paths: ['ProjectGroup'],
        legalEntity: 'usmf',
        filter: [{ path: 'ProjectType', is: 'in', values: ['FixedPrice'] }],
      });
      expect(row).to.include({ dataAreaId: 'usmf', ProjectType: 'FixedPrice' });
      expect(others).to.deep.equal([]);
    });
  });

  describe('writing', () => {
    it('creates, finds, updates and deletes, with every digit and what is empty as null', async () => {
      const fields = ['Name', 'ExchangeRate', 'PaymentTerms', 'AddressValidFrom', 'AddressValidTo'];
      const dates = { AddressValidFrom: '2026-03-01', AddressValidTo: null, PaymentTerms: null };
      expect((await write(contract('W-1', dates))).map(codeOf)).to.deep.equal(['ok']);
      const created = (await find(['w-1'], fields)).get(keyText(['W-1']));
      expect(created).to.deep.equal({
        dataAreaId: 'usmf',
        ProjectContractID: 'W-1',
        Name: 'Contract W-1',
        ExchangeRate: '1.2345678901',
        ...dates,
        AddressValidFrom: '2026-03-01T12:00:00Z',
      });

      await write(change('W-1', { Name: 'Renamed', PaymentTerms: 'Net30' }));
      expect((await find(['W-1'], fields)).get('w-1')).to.include({ Name: 'Renamed', PaymentTerms: 'Net30' });

      await write({ ...contract('W-1'), kind: 'delete', fields: {} });
      expect((await find(['W-1'], fields)).size).to.equal(0);
    });

    it('reaches rows of every legal entity', async () => {
      expect((await write({ ...contract('W-2'), legalEntity: 'USSI' })).map(codeOf)).to.deep.equal(['ok']);
      expect((await write({ ...change('W-2', { Name: 'Renamed' }), legalEntity: 'ussi' })).map(codeOf)).to.deep.equal([
        'ok',
      ]);
      expect((await find(['W-2'], ['Name'])).size).to.equal(0);
      expect((await find(['W-2'], ['Name'], 'USSI')).get('w-2')).to.include({ Name: 'Renamed' });
    });

    it('has an outcome for every record, and one that is refused stops no other', async () => {
      await write(contract('W-3'));
      const outcomes = await write(
        contract('W-4'),
        contract('W-3'),
        contract('W-5', { CustomerAccount: 'NOBODY' }),
        change('W-9', { Name: 'Gone' }),
        contract('W-6', { Name: 'x'.repeat(61) }),
        contract('W-7'),
      );
      expect(outcomes.map(codeOf)).to.deep.equal([
        'ok',
        'FINOPS_DUPLICATE',
        'FINOPS_REFERENCE_MISSING',
        'FINOPS_ROW_MISSING',
        'FINOPS_TEXT_TOO_LONG',
        'ok',
      ]);
      const [, , reference] = outcomes;
      expect(reference?.ok === false && reference.error.details).to.include({ value: 'NOBODY' });
      expect((await find(['W-4', 'W-5', 'W-6', 'W-7'], [])).size).to.equal(2);
    });

    it('is in as few requests as the batch size allows', async () => {
      const frugal = connectTo(sandbox, { batchSize: 4 });
      const operations = Array.from({ length: 10 }, (_, i) => contract(`B-${i}`));
      await frugal.describe([entity]);
      await requestsOf(sandbox);
      expect((await frugal.write({ entity, operations })).map(codeOf)).to.deep.equal(Array(10).fill('ok'));
      expect((await requestsOf(sandbox)).map(({ url }) => url)).to.deep.equal(Array(3).fill('/data/$batch'));
      await frugal.close();
    });

    it('brings the number that a number sequence gave', async () => {
      const unnumbered = { ...contract('', { ProjectContractID: null }), key: { ProjectContractID: null } };
      const [outcome] = await write(unnumbered);
      expect(outcome?.ok === true && outcome.row?.['ProjectContractID']).to.match(/^ORD-\d{5}-\w{6}$/);
    });

    it('tells that the integration parameters are missing', async () => {
      const parameters = { kind: 'update', legalEntity: 'ussi', key: {} } as const;
      const enabled = (fields: WriteOperation['fields']): Promise<WriteOutcome[]> =>
        fno.write({ entity: 'ProjCDSParametersEntity', operations: [{ ...parameters, fields }] });
      expect((await enabled({ IntegrationEnabled: false })).map(codeOf)).to.deep.equal(['ok']);
      expect((await write({ ...contract('P-1'), legalEntity: 'ussi' })).map(codeOf)).to.deep.equal([
        'FINOPS_PARAMETERS_MISSING',
      ]);
      expect((await enabled({ IntegrationEnabled: 'Yes' })).map(codeOf)).to.deep.equal(['ok']);
    });

    it('names the nearest collection or field where one is unknown', async () => {
      expect(await failureOf(fno.write({ entity: 'ProjCDSProjctEntity', operations: [] }))).to.have.property(
        'code',
        'FINOPS_ENTITY_UNKNOWN',
      );
      expect(await failureOf(write(contract('U-1', { CURRENCYCODE: 'USD' }))))
        .to.have.property('message')
        .that.contains("'CurrencyCode'");
    });
  });

  describe('finding', () => {
    it('files hundreds of rows under the keys that were asked for, whatever their case', async () => {
      const ids = Array.from({ length: 300 }, (_, i) => `F-${i}`);
      await write(...ids.map((id) => contract(id)));
      await requestsOf(sandbox);
      const found = await find([...ids.map((id) => id.toLowerCase()), 'F-none'], ['Name']);
      expect(found.size).to.equal(300);
      expect(found.get('f-299')).to.include({ Name: 'Contract F-299' });
      expect((await requestsOf(sandbox)).length).to.equal(1);
    });

    it('finds keys with quotes, ampersands and stars, and no others', async () => {
      const ids = ["Q'1 & 2+3/#?", 'Q*', 'Q"7%'];
      expect((await write(...ids.map((id) => contract(id)))).map(codeOf)).to.deep.equal(['ok', 'ok', 'ok']);
      expect([...(await find(ids, [])).values()].map((row) => row['ProjectContractID'])).to.have.members(ids);
      expect([...(await find(['Q*'], [])).keys()]).to.deep.equal(['q*']);
      expect((await write(...ids.map((id) => change(id, { Name: 'Renamed' })))).map(codeOf)).to.deep.equal([
        'ok',
        'ok',
        'ok',
      ]);
    });

    it('finds rows by guid and knows that other texts are none', async () => {
      const id = '0A1B2C3D-0000-4000-8000-000000000001';
      const lines = 'ProjCDSContractLineImportEntity';
      const line = { TransactionId: id, ContractId: 'F-1', ContractLine: 1, Type: 'TimeMaterial' };
      const operation = { kind: 'create', legalEntity: 'usmf', key: { TransactionId: id }, fields: line } as const;
      expect((await fno.write({ entity: lines, operations: [operation] })).map(codeOf)).to.deep.equal(['ok']);
      const values = [[id], ['no guid']];
      const query = { entity: lines, key: ['TransactionId'], values, fields: ['ContractLine'], legalEntity: 'usmf' };
      const found = await fno.find(query);
      expect([...found.keys()]).to.deep.equal([id.toLowerCase()]);
    });

    it('needs a legal entity, which may be that of the connection', async () => {
      const query = { entity, key: ['ProjectContractID'], values: [['F-1']], fields: [] };
      expect(await failureOf(fno.find(query))).to.have.property('code', 'FINOPS_LEGAL_ENTITY_MISSING');
      const connector = connectTo(sandbox, { defaultLegalEntity: 'USMF' });
      expect((await connector.find(query)).size).to.equal(1);
      await connector.close();
    });
  });

  describe('when the service is disturbed', () => {
    it('a batch whose answer is lost is not sent again, and may have been carried out', async () => {
      await fno.describe([entity]);
      await requestsOf(sandbox);
      await plan(sandbox, { kind: 'drop-after', set: '$batch', times: 1 });
      const thrown = await failureOf(write(contract('D-1')));
      expect(thrown).to.include({ code: 'ODATA_ANSWER_LOST', recovery: 'retry' });
      expect((await requestsOf(sandbox)).length).to.equal(1);
      expect((await find(['D-1'], [])).size).to.equal(1);
    });

    it('batches behind a lost one are not sent, and those before it keep their outcomes', async () => {
      const connector = connectTo(sandbox, { batchSize: 1 });
      await plan(
        sandbox,
        { kind: 'latency', delay: 1, set: '$batch', times: 1 },
        { kind: 'drop-after', set: '$batch', times: 1 },
      );
      const operations = [contract('D-2'), contract('D-3'), contract('D-4')];
      expect((await connector.write({ entity, operations })).map(codeOf)).to.deep.equal([
        'ok',
        'ODATA_ANSWER_LOST',
        'ODATA_ANSWER_LOST',
      ]);
      expect([...(await find(['D-2', 'D-3', 'D-4'], [])).keys()]).to.deep.equal(['d-2', 'd-3']);
      await connector.close();
    });

    it('a look-up is simply asked again', async () => {
      await plan(sandbox, { kind: 'drop-after', set: '$batch', times: 1 });
      expect((await find(['D-2'], [])).size).to.equal(1);
    });

    for (const [kind, code] of [
      ['torn', 'ODATA_ANSWER_LOST'],
      ['half', 'ODATA_BATCH_TORN'],
    ] as const) {
      it(`an answer to a batch that ends in the middle says so: ${kind}`, async () => {
        await plan(sandbox, { kind, set: '$batch', times: 1 });
        expect(await failureOf(write(contract('D-5')))).to.include({ code, recovery: 'retry' });
      });
    }
  });
});

describe('Actions of Finance & Operations', () => {
  let sandbox: RunningSandbox;
  let fno: Connector;
  before(async () => {
    sandbox = await startSandbox({ scale: 0.1 });
    fno = connectTo(sandbox);
  });
  after(async () => {
    await fno.close();
    await sandbox.stop();
  });

  const importInto = (legalEntity: string) =>
    fno.invoke?.({ entity: 'ProjCDSActualsImportEntity', action: 'importFromStagingTable', legalEntity });

  it('are asked of all rows, in a legal entity, and tell what they did', async () => {
    expect(await importInto('USSI')).to.equal("Info: Company 'ussi': no lines created.");
  });

  it('are asked of one row by its key', async () => {
    const entity = 'ProjAdvancedJournalHeaderEntity';
    const call = { entity, action: 'postJournal', legalEntity: 'ussi', key: { JournalId: 'none' } };
    const thrown = await failureOf(Promise.resolve(fno.invoke?.(call)));
    expect(thrown).to.include({ code: 'FINOPS_ACTION_REFUSED', recovery: 'retry' });
    expect(String(thrown)).to.contain("JournalId='none'");
  });

  it('are refused with the reason that the Infolog gives', async () => {
    await fno.write({
      entity: 'ProjCDSParametersEntity',
      operations: [{ kind: 'update', legalEntity: 'ussi', key: {}, fields: { IntegrationEnabled: 'No' } }],
    });
    const thrown = await failureOf(Promise.resolve(importInto('ussi')));
    expect(thrown).to.include({ code: 'FINOPS_ACTION_REFUSED' });
    expect(String(thrown))
      .to.contain("integration parameters are not configured in company 'ussi'")
      .and.not.contain('Exception occurred');
  });
});
