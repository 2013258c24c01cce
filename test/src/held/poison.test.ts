import { startSandbox, type Fault, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { Controls, isWrite } from '../support/controls.js';
import { tableOf } from '../support/finops.js';
import { isReconciled, type HeldLine, type RunResult } from '../support/run-result.js';
import { psaOf } from '../support/service.js';
import { Site } from '../support/site.js';
import { withSandbox } from '../support/with-sandbox.js';

const POISON = 'A name over which the service stumbles';

describe('A row over which the service breaks down, with the whole batch', () => {
  let sandbox: RunningSandbox;
  let site: Site;
  let controls: Controls;
  let result: RunResult;
  let number: unknown;

  before(async () => {
    sandbox = await startSandbox({ scale: 0.2 });
    site = new Site(sandbox);
    controls = new Controls(sandbox);
    const psa = psaOf(sandbox);
    const [order] = await psa.rows('salesorders?$select=ordernumber&$filter=startswith(ordernumber,%27ORD-01003%27)');
    number = order?.['ordernumber'];
    await psa.update(`salesorders(${order?.['salesorderid']})`, { name: POISON });
    await controls.disturb({ system: 'finops', set: '$batch', kind: 'status', status: 500, row: POISON });
    result = await site.run();
  });
  after(() => sandbox.stop());

  const numbers = async (): Promise<unknown[]> =>
    (await tableOf(sandbox, 'ProjCDSProjectContracts')).map((row) => row['ProjectContractID']);

  it('is found by halving and quarantined alone; everything else is delivered, once', async () => {
    expect(isReconciled(result)).to.equal(true);
    expect(result.status).to.equal('warning');
    const held = (await site.isthmus('errors', '--json')).jsonLines<HeldLine>();
    const broken = held.filter(({ code }) => code === 'RECORD_BREAKS_WRITE');
    expect(broken.map(({ key }) => key)).to.deep.equal([number]);
    const { created } = result.tasks.find(({ task }) => task === 'project-contracts')!;
    expect(created).to.be.greaterThan(5);
    expect(await numbers())
      .to.have.length(created)
      .and.to.not.include(number);
  });

  it('costs few requests', async () => {
    const failed = (await controls.requests()).filter((request) => isWrite(request) && request.status === 500);
    expect(failed.length).to.be.lessThan(20);
  });

  it('is tried again by every run, and gets through when the service has been put right', async () => {
    await controls.calm();
    const next = await site.run();
    expect(next.tasks.find(({ task }) => task === 'project-contracts')).to.include({ created: 1 });
    expect(await numbers()).to.include(number);
  });
});

/** What stands in the place of the answer to a batch, whenever it holds the row; nothing of it is carried out. */
const ANSWERS: readonly (readonly [what: string, fault: Pick<Fault, 'kind' | 'status'>, code: string, says: RegExp])[] =
  [
    [
      'a refusal of the whole batch',
      { kind: 'status', status: 400 },
      'RECORD_BREAKS_WRITE',
      /The service answered 400\./,
    ],
    ['a page in the place of its answers', { kind: 'html', status: 200 }, 'RECORD_BREAKS_WRITE', /not multipart/],
    ['a page that finds it too large', { kind: 'html', status: 413 }, 'ODATA_TOO_LARGE', /more than finops takes/],
  ];

describe('A row for which the whole batch is not answered as a batch', () => {
  for (const [what, fault, code, says] of ANSWERS) {
    it(`is quarantined alone, with what was said, where ${what} comes; everything else is delivered`, () =>
      withSandbox({ scale: 0.2 }, async (sandbox) => {
        const site = new Site(sandbox);
        const psa = psaOf(sandbox);
        const [order] = await psa.rows(
          'salesorders?$select=ordernumber&$filter=startswith(ordernumber,%27ORD-01003%27)',
        );
        await psa.update(`salesorders(${order?.['salesorderid']})`, { name: POISON });
        await new Controls(sandbox).disturb({ system: 'finops', set: '$batch', row: POISON, ...fault });
        const result = await site.run();
        expect([result.status, isReconciled(result)]).to.deep.equal(['warning', true]);
        const held = (await site.isthmus('errors', '--json')).jsonLines<HeldLine>();
        const broken = held.filter((line) => line.code === code);
        expect(broken.map(({ key }) => key)).to.deep.equal([order?.['ordernumber']]);
        expect(broken[0]?.errors[0]?.message).to.match(says);
        const { created } = result.tasks.find(({ task }) => task === 'project-contracts')!;
        expect(created).to.be.greaterThan(5);
        expect(await tableOf(sandbox, 'ProjCDSProjectContracts')).to.have.length(created);
      }));
  }
});

describe('A service that breaks down over every write', () => {
  it('is no fault of the rows: none is quarantined for it, and the run fails', async () => {
    const sandbox = await startSandbox({ scale: 0.2 });
    try {
      const site = new Site(sandbox);
      await new Controls(sandbox).disturb({
        system: 'finops',
        set: '$batch',
        kind: 'status',
        status: 500,
        row: 'ProjectContractID"',
      });
      expect((await site.run()).status).to.equal('failed');
      const held = (await site.isthmus('errors', '--json')).jsonLines<HeldLine>();
      expect(held.filter(({ code }) => code === 'RECORD_BREAKS_WRITE')).to.deep.equal([]);
    } finally {
      await sandbox.stop();
    }
  });
});
