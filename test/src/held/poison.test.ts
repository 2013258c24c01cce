import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { Controls, isWrite } from '../support/controls.js';
import { tableOf } from '../support/finops.js';
import { isReconciled, type HeldLine, type RunResult } from '../support/run-result.js';
import { psaOf } from '../support/service.js';
import { Site } from '../support/site.js';

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
