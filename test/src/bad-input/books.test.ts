import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { linkCategories } from '../support/categories.js';
import { finopsOf, tableOf } from '../support/finops.js';
import type { Row } from '../support/service.js';
import { Site } from '../support/site.js';
import { install } from '../support/templates.js';

describe('What the books of F&O do not take', function () {
  this.timeout(240_000);
  let sandbox: RunningSandbox;
  let site: Site;

  beforeEach(async () => {
    sandbox = await startSandbox({ scale: 0.1 });
    await linkCategories(sandbox);
    site = new Site(sandbox, (rc) => {
      install(rc, 'contracts', 'tasks', 'actuals');
      rc.integrations['actuals']!.parameters = { importFromStaging: true, post: true };
    });
  });
  afterEach(() => sandbox.stop());

  const unposted = async (): Promise<Row[]> =>
    (await tableOf(sandbox, 'ProjCDSActualsImports')).filter((row) => row['Voucher'] === '');
  const run = async (): Promise<string> => {
    const { status, stderr } = await site.isthmus('run', '--all');
    expect(status).to.equal(3);
    return stderr;
  };

  it('a missing exchange rate: the others are posted, the reason is told, and the rate is all that it takes', async () => {
    const rates = await finopsOf(sandbox).rows('ExchangeRates');
    for (const rate of rates) await finopsOf(sandbox).remove(rateAddress(rate));
    const said = await run();
    expect(said).to.match(/The exchange rate from [A-Z]{3} to USD doesn't exist on \d{4}-\d\d-\d\d/);
    expect(said).to.contain('Put right in F&O what it says; the next run tries again by itself.');
    const waiting = await unposted();
    expect(waiting).not.to.deep.equal([]);
    expect(new Set(waiting.map((row) => row['TransactionCurrencyId']))).not.to.include('USD');
    for (const { '@odata.etag': _etag, ...rate } of rates) await finopsOf(sandbox).create('ExchangeRates', rate);
    const afterwards = await run();
    expect(afterwards).not.to.contain('exchange rate');
    expect(afterwards).to.match(
      /^✓ actuals {2}USMF, import from staging: Journal \S+ of company 'usmf': \d+ lines? created\./m,
    );
    expect(await unposted()).to.deep.equal([]);
  });

  it('a closed period after which none is open: nothing is posted until one is opened again', async () => {
    const periods = await tableOf(sandbox, 'LedgerPeriods');
    const turn = async (status: string): Promise<void> => {
      for (const { dataAreaId, StartDate } of periods) {
        const key = `dataAreaId='${String(dataAreaId)}',StartDate=${String(StartDate)}`;
        await finopsOf(sandbox).update(`LedgerPeriods(${key})?cross-company=true`, { Status: status });
      }
    };
    await turn('Closed');
    expect(await run()).to.match(/The period of \d{4}-\d\d-\d\d is closed, and none after it is open/);
    const waiting = await unposted();
    expect(waiting).to.have.lengthOf((await tableOf(sandbox, 'ProjCDSActualsImports')).length);
    await turn('Open');
    await run();
    expect(await unposted()).to.deep.equal([]);
  });
});

function rateAddress({ RateTypeName, FromCurrency, ToCurrency, StartDate }: Row): string {
  const texts = Object.entries({ RateTypeName, FromCurrency, ToCurrency }).map(
    ([name, value]) => `${name}='${String(value)}'`,
  );
  return `ExchangeRates(${texts.join(',')},StartDate=${String(StartDate)})`;
}
