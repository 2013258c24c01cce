import { expect } from 'chai';
import type { Json } from '../client.test.support.js';
import { actualAddress, idOf, periodAddress, startWithBooks, type Bookkeeping } from './books.test.support.js';
import { infolog } from './world.test.support.js';

describe('The accounting side of F&O', function () {
  this.timeout(60_000);
  let books: Bookkeeping;

  beforeEach(async () => {
    books = await startWithBooks();
  });
  afterEach(() => books.stop());

  const only = async (set: string, filter?: string): Promise<Json> => {
    const rows = await books.rows(set, filter);
    expect(rows, set).to.have.lengthOf(1);
    return rows[0];
  };
  const staged = (id: number): Promise<Json> => only('ProjActualsStagings', `ActualId eq ${idOf(id)}`);

  describe('importing from the staging table', () => {
    it('makes a journal line of each actual: cost and unbilled sales apart', async () => {
      await books.stage(
        { id: 1, class: 'time', amount: '80.25' },
        { id: 2, class: 'time', type: 'Sales', amount: '120' },
      );
      const { status, json } = await books.import();
      expect(status).to.equal(200);
      expect(json['@odata.context']).to.match(/#Edm.String$/);
      expect(json.value).to.match(/^Info: Journal PAJ-\S+ of company 'usmf': 2 lines created\.$/);
      const [cost, sales] = await books.lines();
      expect(cost).to.include({
        LineNumber: 1,
        Status: 'Draft',
        TransactionType: 'Hour',
        CategoryId: 'Consulting',
        LinePropertyId: 'Chargeable',
        Amount: '80.25',
        Voucher: '',
      });
      expect(sales).to.include({ LineNumber: 2, TransType: 'Sales', Amount: '120' });
      expect(await staged(1)).to.include({ IsProcessed: 'Yes', HasError: 'No', IntegrationCount: 1 });
    });

    it('takes an actual once, however often it is asked', async () => {
      await books.stage({ id: 1 });
      await books.import();
      expect((await books.import()).json.value).to.equal("Info: Company 'usmf': no lines created.");
      expect(await books.lines()).to.have.lengthOf(1);
    });

    it('puts an inter-company actual into the books of its project', async () => {
      await books.stage({
        id: 1,
        more: { ProjectDataAreaId: 'USSI', ProjectId: 'P-ussi', ContractId: 'C-ussi' },
      });
      await books.import();
      expect(await books.lines()).to.deep.equal([]);
      await books.import({ legalEntityId: 'ussi' });
      expect((await books.lines())[0]).to.include({
        dataAreaId: 'ussi',
        ProjectId: 'P-ussi',
        ActualDataAreaId: 'usmf',
      });
    });

    it('converts at the rate of the accounting day, half away from zero to the cent', async () => {
      await books.stage({ id: 1, amount: '100.005', currency: 'EUR' }, { id: 2, amount: '-1495', currency: 'JPY' });
      await books.import();
      expect((await books.lines()).map((line) => line.AccountingAmount)).to.deep.equal(['108.52', '-10']);
    });

    it('leaves an actual without an exchange rate in staging, and takes it when the rate is there', async () => {
      const rate =
        "ExchangeRates(RateTypeName='Default',FromCurrency='USD',ToCurrency='EUR',StartDate=2024-01-01T12:00:00Z)";
      await books.remove(rate);
      await books.stage({ id: 1, currency: 'EUR' }, { id: 2 });
      const { json } = await books.import();
      expect(json.value).to.contain(
        `Error: Actual ${idOf(1)}: The exchange rate from EUR to USD doesn't exist on 2026-05-04.`,
      );
      expect(await books.lines()).to.have.lengthOf(1);
      expect(await staged(1)).to.include({ IsProcessed: 'No', HasError: 'Yes', IntegrationCount: 1 });
      await books.client.finops('POST', 'ExchangeRates', {
        body: {
          RateTypeName: 'Default',
          FromCurrency: 'EUR',
          ToCurrency: 'USD',
          StartDate: '2026-01-01T12:00:00Z',
          Rate: '110',
          ConversionFactor: 'Hundred',
        },
      });
      await books.import();
      expect(await staged(1)).to.include({ IsProcessed: 'Yes', HasError: 'No', ErrorText: '', IntegrationCount: 2 });
      expect((await books.lines())[1]).to.include({ AccountingAmount: '110' });
    });

    it('moves the accounting date out of a closed period, to the next that is open', async () => {
      await books.change(periodAddress('2026-05'), { Status: 'Closed' });
      await books.change(periodAddress('2026-06'), { Status: 'OnHold' });
      await books.stage({ id: 1 });
      await books.import();
      expect((await books.lines())[0]).to.include({
        AccountingDate: '2026-07-01T12:00:00Z',
        DocumentDate: '2026-05-04T12:00:00Z',
      });
    });

    it('leaves an actual in staging whose period is closed, and every later one too', async () => {
      await books.change(periodAddress('2028-12'), { Status: 'Closed' });
      await books.stage({ id: 1, date: '2028-12-24' });
      expect((await books.import()).json.value).to.contain('The period of 2028-12-24 is closed');
      expect(await books.lines()).to.deep.equal([]);
    });

    it('says which category is missing', async () => {
      await books.stage({ id: 1, more: { TransactionCategory: idOf(77) } });
      expect((await books.import()).json.value).to.contain(
        `No category of company 'usmf' has the integration id ${idOf(77)}.`,
      );
      await books.stage({ id: 2, class: 'fee', type: 'Sales' });
      await books.change("ProjCDSParameters(dataAreaId='usmf')", { FeeCategory: '' });
      expect((await books.import()).json.value).to.contain('The fee category of the');
    });

    it('flags the same actual of another company as a duplicate, and leaves it out', async () => {
      await books.stage({ id: 1 }, { id: 1, more: { dataAreaId: 'ussi', ProjectId: 'P-ussi', ContractId: 'C-ussi' } });
      await books.import();
      await books.import({ legalEntityId: 'ussi' });
      expect((await books.lines()).map((line) => line.dataAreaId)).to.deep.equal(['usmf']);
      expect((await books.rows('ProjCDSActualsImports')).map((row) => row.IsDuplicate)).to.deep.equal(['No', 'Yes']);
    });

    it('makes journals of at most 200 lines, by period where asked', async () => {
      await books.stageAll(Array.from({ length: 201 }, (_, id) => ({ id })));
      await books.stage({ id: 1000, date: '2026-06-30' });
      await books.import({ legalEntityId: 'usmf', periodFrequency: 'Months' });
      const counts = new Map<string, number>();
      for (const { JournalId } of await books.lines()) counts.set(JournalId, (counts.get(JournalId) ?? 0) + 1);
      expect([...counts.values()]).to.deep.equal([200, 1, 1]);
    });

    it('lets tax groups and dimensions of a line be changed, and nothing else', async () => {
      await books.stage({ id: 1, type: 'Sales' });
      await books.import();
      const [{ JournalId, SalesTaxAmount }] = await books.lines();
      const address = `ProjAdvancedJournalLines(dataAreaId='usmf',JournalId='${JournalId}',LineNumber=1)`;
      expect(SalesTaxAmount).to.equal('8.88');
      expect((await books.change(address, { ItemSalesTaxGroup: 'SERVICE' })).status).to.equal(204);
      expect((await books.lines())[0]).to.include({ SalesTaxAmount: '6.5' });
      expect(infolog(await books.change(address, { Amount: 1 }))).to.contain("Field 'Amount'");
    });

    it('takes an actual again whose line was deleted before posting', async () => {
      await books.stage({ id: 1 });
      await books.import();
      const [{ JournalId }] = await books.lines();
      await books.remove(`ProjAdvancedJournalLines(dataAreaId='usmf',JournalId='${JournalId}',LineNumber=1)`);
      expect(await staged(1)).to.include({ IsProcessed: 'No' });
      await books.import();
      expect((await books.lines())[0].JournalId).not.to.equal(JournalId);
    });

    it('is refused in a company that is not configured, with the reason in the Infolog', async () => {
      await books.change("ProjCDSParameters(dataAreaId='ussi')", { IntegrationEnabled: 'No' });
      const refused = await books.import({ legalEntityId: 'ussi' });
      expect(refused.status).to.equal(400);
      expect(infolog(refused)).to.match(
        /^Exception occurred while executing action importFromStagingTable on Entity ProjCDSActualsImportEntity: Infolog: Error: .*not configured in company 'ussi'/,
      );
    });

    it('is not to be had elsewhere or with other parameters', async () => {
      expect((await books.ask('CustomersV3', 'importFromStagingTable')).status).to.equal(404);
      expect((await books.import({ company: 'usmf' })).status).to.equal(400);
      expect((await books.import({ periodFrequency: 'Weeks' })).status).to.equal(400);
    });
  });

  describe('posting the integration journal', () => {
    const importAndPost = async (): Promise<string> => {
      await books.import();
      return (await books.post()).json.value;
    };

    it('gives every line a voucher of the number sequence, and the actual its voucher', async () => {
      await books.stage({ id: 1 }, { id: 2 });
      expect(await importAndPost()).to.match(/2 lines posted\.$/);
      expect((await books.lines()).map(({ Voucher, Status }) => `${Voucher} ${Status}`)).to.deep.equal([
        'PSV-USMF-000001 Posted',
        'PSV-USMF-000002 Posted',
      ]);
      const [first] = await books.rows('ProjCDSActualsImports');
      expect(first).to.include({ Voucher: 'PSV-USMF-000001', IsJournalized: 'Yes' });
      expect(await only('ProjAdvancedJournalHeaders')).to.include({ Status: 'Posted', PostedAmount: '200' });
    });

    it('writes balanced vouchers, and a project transaction for each', async () => {
      await books.stage(
        { id: 1, class: 'time', amount: '80' },
        { id: 2, class: 'time', type: 'Sales', amount: '99.999' },
      );
      await importAndPost();
      const entries = await books.rows('ProjLedgerTransactions', "Voucher eq 'PSV-USMF-000001'");
      expect(entries.map((row) => [row.MainAccountId, row.AccountingCurrencyAmount])).to.deep.equal([
        ['540100', '80'],
        ['601500', '-80'],
      ]);
      expect(
        (await books.rows('ProjPostTransViews')).map((row) => [row.TotalCostAmount, row.TotalSalesAmount]),
      ).to.deep.equal([
        ['80', '0'],
        ['0', '100'],
      ]);
    });

    it('B4: posts one journal by the action of its row, and answers with what it has to tell', async () => {
      await books.stage({ id: 1 });
      await books.import();
      const { JournalId } = await only('ProjAdvancedJournalHeaders');
      const header = `ProjAdvancedJournalHeaders(dataAreaId='usmf',JournalId='${JournalId}')`;
      const { status, json } = await books.ask(header, 'postJournal');
      expect(status).to.equal(200);
      expect(json).to.deep.equal({
        '@odata.context': `${books.client.sandbox.finops.url}/data/$metadata#Edm.String`,
        value: `Info: Journal ${JournalId} of company 'usmf': 1 lines posted.`,
      });
      expect((await only('ProjAdvancedJournalHeaders')).Status).to.equal('Posted');
    });

    it('posts a journal once', async () => {
      await books.stage({ id: 1 });
      await importAndPost();
      expect((await books.post()).json.value).to.equal("Info: Company 'usmf' has no journal to post.");
      const { JournalId } = await only('ProjAdvancedJournalHeaders');
      const again = await books.ask(
        `ProjAdvancedJournalHeaders(dataAreaId='usmf',JournalId='${JournalId}')`,
        'postJournal',
      );
      expect(infolog(again)).to.contain('The journal is posted already.');
      expect(await books.rows('ProjPostTransViews')).to.have.lengthOf(1);
    });

    it('taxes what is charged, each code with its own rounding, and makes a tax actual that knows its origin', async () => {
      await books.stage({ id: 1, type: 'Sales', amount: '12.34' }, { id: 2, amount: '12.34' });
      await importAndPost();
      expect(
        (await books.rows('ProjTaxTransactions')).map((row) => `${row.SalesTaxCode} ${row.TaxAmount}`),
      ).to.deep.equal(['STATE 0.8', 'CITY 0.3']);
      const tax = await only('ProjCDSActualsImports', 'TransactionClassification eq 690970002');
      expect(tax).to.include({ Amount: '1.1', TransType: 'Sales', Voucher: 'PSV-USMF-000001', IsJournalized: 'Yes' });
      expect(await only('ProjCDSTransactionRelationshipImports')).to.include({
        Transaction1Id: tax.ActualId,
        Transaction1Role: 'Tax',
        Transaction2Id: idOf(1),
        Transaction2Role: 'Unbilled Sales',
      });
      await importAndPost();
      expect(await books.rows('ProjCDSActualsImports')).to.have.lengthOf(3);
    });

    it('shows the vouchers of what belongs together beside each other', async () => {
      await books.stage({ id: 1 }, { id: 2, type: 'Sales' });
      await books.relate(1, 2, 1);
      await importAndPost();
      expect(
        (await books.rows('ProjRelatedVouchers')).map((row) => [row.Voucher, row.RelatedVoucher, row.Role]),
      ).to.deep.equal([
        ['PSV-USMF-000001', 'PSV-USMF-000002', 'Cost'],
        ['PSV-USMF-000002', 'PSV-USMF-000001', 'Unbilled Sales'],
      ]);
    });

    it('marks a line that cannot be posted, and posts it when what was missing is there', async () => {
      const sequence = "NumberSequences(dataAreaId='usmf',NumberSequenceCode='ProjVouch')";
      await books.change(sequence, { LargestNumber: 1 });
      await books.stage({ id: 1 }, { id: 2 });
      expect(await importAndPost()).to.contain('line 2: The number sequence ProjVouch');
      expect(await only('ProjAdvancedJournalHeaders')).to.include({ Status: 'Error', PostedAmount: '100' });
      await books.change(sequence, { LargestNumber: 0 });
      await books.post();
      expect((await books.lines()).map((line) => line.Status)).to.deep.equal(['Posted', 'Posted']);
    });

    it('refuses to change or delete what is posted, where the books would have to follow', async () => {
      await books.stage({ id: 1 });
      await importAndPost();
      expect(infolog(await books.change(actualAddress(1), { Amount: 99 }))).to.contain(
        `Actual ${idOf(1)} has been posted with voucher PSV-USMF-000001 and cannot be changed (Amount).`,
      );
      expect((await books.change(actualAddress(1), { Amount: 100, Description: 'x' })).status).to.equal(204);
      expect((await books.remove(actualAddress(1))).status).to.equal(400);
    });
  });

  describe('plans', () => {
    it('makes activities of tasks, below those of their parents', async () => {
      const { client } = books;
      const task = (id: number, parent?: number): Promise<unknown> =>
        client.finops('POST', 'ProjCDSTasks', {
          body: {
            Task: idOf(id),
            ...(parent !== undefined && { ParentTask: idOf(parent) }),
            ProjectId: 'P-usmf',
            WorkBreakdownStructureID: String(id),
            Name: `Task ${id}`,
          },
        });
      expect(await task(2, 1)).to.include({ status: 400 });
      await task(1);
      await task(2, 1);
      const [parent, child] = await books.rows('ProjActivities');
      expect(parent.ActivityNumber).to.match(/^ACT-/);
      expect(child).to.include({ ParentActivityNumber: parent.ActivityNumber, Name: 'Task 2' });

      await client.finops('POST', 'ProjCDSEstimateHours', {
        body: {
          TaskId: idOf(2),
          ProjectId: 'P-usmf',
          Duration: 8,
          PlannedCostAmount: 100,
          PlannedSalesAmount: 200,
          SalesCurrency: 'USD',
          ForecastModel: 'O_forecast',
        },
      });
      expect(await only('ProjHourForecasts')).to.include({
        ActivityNumber: child.ActivityNumber,
        Category: 'Consulting',
        Hours: '8',
        CostPrice: '12.5',
        SalesPrice: '25',
      });
    });

    it('makes one forecast of the cost and the sales of an expense, whichever comes first', async () => {
      const estimate = (id: number, TransType: string, Price: number): Promise<unknown> =>
        books.client.finops('POST', 'ProjCDSEstimateExpensesImports', {
          body: {
            EstimateLineId: idOf(id),
            ProjectId: 'P-usmf',
            TransType,
            Price,
            Quantity: 2,
            CurrencyId: 'USD',
            BillingType: 'Chargeable',
            ModelId: 'O_forecast',
            TransactionCategory: `11111111-1111-4111-8111-111111111111`,
          },
        });
      await estimate(2, 'Sales', 30);
      expect(await only('ProjExpenseForecasts')).to.include({ SalesPrice: '30', CostPrice: '0' });
      await books.relate(1, 2, 1);
      await estimate(1, 'Cost', 20);
      expect(await only('ProjExpenseForecasts')).to.include({
        EstimateLineId: idOf(1),
        SalesEstimateLineId: idOf(2),
        CostPrice: '20',
        SalesPrice: '30',
        Category: 'Meal',
      });
    });
  });

  it('happens by itself where the sandbox has a batch server', async () => {
    await books.stop();
    books = await startWithBooks({ batchSeconds: 0.05 });
    await books.stage({ id: 1 });
    for (let waited = 0; (await books.rows('ProjPostTransViews')).length === 0; waited += 50) {
      if (waited > 20_000) expect.fail('nothing was posted');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect((await books.lines())[0]).to.include({ Status: 'Posted' });
  });

  it('declares its actions in the metadata', async () => {
    const { text } = await books.client.finops('GET', '$metadata');
    expect(text).to.contain('<Action Name="importFromStagingTable" IsBound="true">');
    expect(text).to.contain('Type="Collection(Microsoft.Dynamics.DataEntities.ProjCDSActualsImport)"');
  });
});
