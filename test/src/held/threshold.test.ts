import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { expectComplaint } from '../support/complaint.js';
import { tableOf } from '../support/finops.js';
import type { IntegrationEntry } from '../support/rc-file.js';
import { isReconciled, type HeldLine, type RunResult } from '../support/run-result.js';
import { Site } from '../support/site.js';

/** Every name is too long now. */
const SPOILT = { 'project-contracts': { Name: { constant: 'x'.repeat(200) } } };

describe('maxQuarantined', () => {
  let sandbox: RunningSandbox;
  let site: Site;

  before(async () => {
    sandbox = await startSandbox({ scale: 0.5 });
    site = new Site(sandbox);
  });
  after(() => sandbox.stop());

  const configure = (settings: Partial<IntegrationEntry>): void =>
    site.edit(({ integrations }) => {
      integrations['contracts'] = { template: 'projects-and-contracts', connectionSet: 'main', ...settings };
    });

  it('stops a run that would quarantine too much before anything is written, with what is wrong kept to be looked at', async () => {
    configure({ overrides: SPOILT, maxQuarantined: '5%' });
    const ended = await site.isthmus('run', '--json');
    const result = ended.json<RunResult>();
    expect(ended.status).to.equal(1);
    expect(result.error?.code).to.equal('TASK_QUARANTINES_TOO_MUCH');
    expect(isReconciled(result)).to.equal(true);
    expect(await tableOf(sandbox, 'ProjCDSProjectContracts')).to.deep.equal([]);
    const held = (await site.isthmus('errors', '--json')).jsonLines<HeldLine>();
    expect(held.length).to.be.greaterThan(10);
  });

  it('says what to do about it', async () => {
    const says = /maxQuarantined` allows 5%[^]*raise `maxQuarantined`/;
    expectComplaint(await site.isthmus('run'), { status: 1, code: 'TASK_QUARANTINES_TOO_MUCH', says });
  });

  it('can be set for one task alone, and as a number', async () => {
    configure({
      overrides: SPOILT,
      tasks: { projects: { maxQuarantined: 0 }, 'project-contracts': { maxQuarantined: 0 } },
    });
    expect((await site.isthmus('run', '--json')).json<RunResult>().error?.code).to.equal('TASK_QUARANTINES_TOO_MUCH');
  });

  it('leaves a run to go on where it stopped, once what was wrong is put right', async () => {
    configure({ maxQuarantined: '60%' });
    const result = await site.run();
    expect(result).to.include({ status: 'warning', balanced: true });
    expect((await tableOf(sandbox, 'ProjCDSProjectContracts')).length).to.be.greaterThan(5);
  });

  it('must be a number or a share of an existing task', async () => {
    configure({ maxQuarantined: 'many' });
    expectComplaint(await site.isthmus('run'), { status: 2, code: 'CONFIG_WRONG_VALUE', says: /5% or 20/ });
    configure({ tasks: { projcts: { maxQuarantined: 3 } } });
    expectComplaint(await site.isthmus('run'), { status: 2, code: 'CONFIG_UNKNOWN_TASK', says: /projects/ });
  });
});
