import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { finopsOf, finopsPath, tableOf } from '../support/finops.js';
import { madePlan, PLAN, savedPlan } from '../support/plan.js';
import { createContract, createProject } from '../support/psa-project.js';
import type { IntegrationEntry } from '../support/rc-file.js';
import { startRelay } from '../support/relay.js';
import { isReconciled, totalsOf, type HeldLine, type RunResult } from '../support/run-result.js';
import { psaOf, type Row } from '../support/service.js';
import { Site } from '../support/site.js';

const SCALE = 0.2;
const CONTRACT = 'ORD-00002-ODDCHR';
const NUMBERS = ['PRJ-91001-GONE', 'PRJ-91002-GONE', 'PRJ-91003-GONE'] as const;
const [FIRST, SECOND] = NUMBERS;

describe('Rows that are deleted in the source', () => {
  let sandbox: RunningSandbox;
  let site: Site;

  beforeEach(async () => {
    sandbox = await startSandbox({ scale: SCALE });
    for (const number of NUMBERS) await createProject(psaOf(sandbox), number, CONTRACT);
    site = new Site(sandbox);
  });
  afterEach(() => sandbox.stop());

  const configure = (tasks: IntegrationEntry['tasks'], more: Partial<IntegrationEntry> = {}): void =>
    site.edit(({ integrations }) => {
      integrations['contracts'] = {
        template: 'projects-and-contracts',
        connectionSet: 'main',
        ...more,
        ...(tasks === undefined ? {} : { tasks }),
      };
    });

  const removeInPsa = async (...numbers: string[]): Promise<void> => {
    for (const number of numbers) {
      const [row] = await psaOf(sandbox).rows(`msdyn_projects?$filter=msdynce_projectnumber eq '${number}'`);
      await psaOf(sandbox).remove(`msdyn_projects(${row?.['msdyn_projectid']})`);
    }
  };

  const project = async (number: string): Promise<Row | undefined> =>
    (await tableOf(sandbox, 'ProjCDSProjects')).find((row) => row['ProjectID'] === number);

  const held = async (): Promise<HeldLine[]> =>
    (await site.isthmus('errors', '--task', 'projects', '--json'))
      .jsonLines<HeldLine>()
      .filter(({ key }) => key.includes('-GONE'));

  it('stay in the destination unless the task says otherwise', async () => {
    await site.run();
    await removeInPsa(FIRST);
    expect(totalsOf(await site.run())).to.include({ read: 1, filtered: 1, deleted: 0 });
    expect(await project(FIRST)).to.include({ ProjectID: FIRST });
  });

  it('are deleted in the destination where the task says so, and the next run does nothing', async () => {
    configure({ projects: { onDelete: 'delete' } });
    await site.run();
    await removeInPsa(FIRST);
    const result = await site.run();
    expect(totalsOf(result)).to.include({ read: 1, deleted: 1, deferred: 0, quarantined: 0 });
    expect(isReconciled(result)).to.equal(true);
    expect(await project(FIRST)).to.equal(undefined);
    expect(await project(SECOND)).to.include({ ProjectID: SECOND });
    expect(totalsOf(await site.run())).to.include({ read: 0, deleted: 0 });
    // Nothing of it comes back with a full read, either.
    expect(totalsOf(await site.run('--full'))).to.include({ created: 0, deleted: 0 });
  });

  it('are noticed by a full read as well', async () => {
    configure({ projects: { onDelete: 'delete' } });
    await site.run();
    await removeInPsa(FIRST, SECOND);
    const result = await site.run('--full');
    expect(totalsOf(result)).to.include({ deleted: 2 });
    expect(isReconciled(result)).to.equal(true);
    expect(await project(SECOND)).to.equal(undefined);
  });

  it('are done with where the destination has lost them already', async () => {
    configure({ projects: { onDelete: 'delete' } });
    await site.run();
    await removeInPsa(FIRST);
    const dataAreaId = String((await project(FIRST))?.['dataAreaId']);
    await finopsOf(sandbox).remove(finopsPath('ProjCDSProjects', { dataAreaId, ProjectID: FIRST }));
    expect(totalsOf(await site.run())).to.include({ read: 1, deleted: 1, quarantined: 0 });
    expect(await held()).to.deep.equal([]);
  });

  it('get other values instead, where the task says which', async () => {
    configure({ projects: { onDelete: { deactivate: { ProjectName: 'Gone' } } } });
    await site.run();
    await removeInPsa(FIRST);
    const { records } = await madePlan(site);
    expect(records).to.have.length(1);
    expect(records[0]).to.deep.include({ action: 'deactivate', record: FIRST });
    expect(records[0]?.changes?.['ProjectName']).to.include({ to: 'Gone' });
    expect(totalsOf(await site.run())).to.include({ read: 1, updated: 1, deleted: 0 });
    expect(await project(FIRST)).to.include({ ProjectName: 'Gone' });
    expect(totalsOf(await site.run())).to.include({ read: 0, updated: 0 });
  });

  it('must be deactivated through fields that the destination has', async () => {
    configure({ projects: { onDelete: { deactivate: { Statuz: 'Gone' } } } });
    const { status, stderr } = await site.isthmus('run');
    expect(status).to.equal(1);
    expect(stderr).to.match(/no field 'Statuz'|Statuz/);
    configure({ projects: { onDelete: 'remove' } });
    expect((await site.isthmus('run')).stderr).to.match(/CONFIG_WRONG_VALUE: [^]*delete/);
  });

  it('are deleted children before parents, in one run', async () => {
    configure({ projects: { onDelete: 'delete' }, 'project-contracts': { onDelete: 'delete' } });
    const psa = psaOf(sandbox);
    await createContract(psa, 'ORD-91000-GONE', CONTRACT);
    await createProject(psa, 'PRJ-91009-GONE', 'ORD-91000-GONE');
    await site.run();
    expect(await project('PRJ-91009-GONE')).to.include({ ProjectContractID: 'ORD-91000-GONE' });
    await removeInPsa('PRJ-91009-GONE');
    const [order] = await psa.rows(`salesorders?$filter=ordernumber eq 'ORD-91000-GONE'`);
    await psa.remove(`salesorders(${order?.['salesorderid']})`);
    const planned = (await madePlan(site)).records;
    expect(planned.map(({ action, record }) => `${action} ${record}`)).to.deep.equal([
      'delete PRJ-91009-GONE',
      'delete ORD-91000-GONE',
    ]);
    const result = await site.run();
    expect(totalsOf(result)).to.include({ deleted: 2, quarantined: 0 });
    expect(isReconciled(result)).to.equal(true);
  });

  it('whose deletion is refused are kept with the reason, and tried again by every run', async () => {
    configure({ 'project-contracts': { onDelete: 'delete' } });
    const psa = psaOf(sandbox);
    await createContract(psa, 'ORD-91000-GONE', CONTRACT);
    await createProject(psa, 'PRJ-91009-GONE', 'ORD-91000-GONE');
    await site.run();
    await removeInPsa('PRJ-91009-GONE');
    const [order] = await psa.rows(`salesorders?$filter=ordernumber eq 'ORD-91000-GONE'`);
    await psa.remove(`salesorders(${order?.['salesorderid']})`);
    const result = await site.run();
    expect(totalsOf(result)).to.include({ deleted: 0, quarantined: 1 });
    expect(isReconciled(result)).to.equal(true);
    const refused = async () =>
      (await site.isthmus('errors', '--task', 'project-contracts', '--json'))
        .jsonLines<HeldLine>()
        .filter(({ key }) => key === 'ORD-91000-GONE');
    const [record] = await refused();
    expect(record).to.include({ state: 'quarantined', attempts: 2 });
    expect(record?.errors[0]?.message).to.match(/cannot be deleted while dependent/);
    // Somebody puts it right in F&O.
    const { dataAreaId } = (await project('PRJ-91009-GONE')) ?? {};
    const path = finopsPath('ProjCDSProjects', { dataAreaId: String(dataAreaId), ProjectID: 'PRJ-91009-GONE' });
    await finopsOf(sandbox).remove(path);
    expect(totalsOf(await site.run())).to.include({ deleted: 1 });
    expect(await refused()).to.deep.equal([]);
  });

  describe('too many at once', () => {
    it('stop the run before anything is deleted, and a plan of them can be applied', async () => {
      configure({ projects: { onDelete: 'delete', maxDeletes: 1 } });
      await site.run();
      await removeInPsa(FIRST, SECOND);
      const ended = await site.isthmus('run');
      expect(ended.status).to.equal(1);
      expect(ended.stderr).to.match(/TASK_DELETES_TOO_MUCH: 2 of the \d+ rows [^]*`maxDeletes` allows 1\./);
      expect(ended.stderr).to.match(/remedy: .*apply that plan, or raise `maxDeletes`/);
      expect(await project(FIRST)).to.include({ ProjectID: FIRST });
      await savedPlan(site);
      const result = (await site.isthmus('apply', PLAN, '--json')).json<RunResult>();
      expect(result.error).to.equal(undefined);
      expect(totalsOf(result)).to.include({ deleted: 2 });
      expect(await project(FIRST)).to.equal(undefined);
      expect(totalsOf(await site.run())).to.include({ read: 0, deleted: 0 });
    });

    it('go once that is allowed', async () => {
      configure({ projects: { onDelete: 'delete', maxDeletes: 1 } });
      await site.run();
      await removeInPsa(FIRST, SECOND);
      await site.isthmus('run');
      configure({ projects: { onDelete: 'delete' } }, { maxDeletes: '50%' });
      expect(totalsOf(await site.run())).to.include({ deleted: 2 });
    });

    it('are left alone where the task no longer deletes', async () => {
      configure({ projects: { onDelete: 'delete', maxDeletes: 1 } });
      await site.run();
      await removeInPsa(FIRST, SECOND);
      await site.isthmus('run');
      configure({});
      const result = await site.run();
      expect(totalsOf(result)).to.include({ deleted: 0 });
      expect(isReconciled(result)).to.equal(true);
      expect(await project(FIRST)).to.include({ ProjectID: FIRST });
      expect(await held()).to.deep.equal([]);
    });
  });

  it('are shown by the plan with what they hold, and applied unless they have changed since', async () => {
    configure({ projects: { onDelete: 'delete' } });
    await site.run();
    await removeInPsa(FIRST, SECOND);
    const plan = await madePlan(site);
    expect(plan.status).to.equal(4);
    expect(plan.records.map(({ action, record }) => [action, record])).to.have.deep.members([
      ['delete', FIRST],
      ['delete', SECOND],
    ]);
    expect(plan.records[0]?.fields).to.include({ ProjectID: plan.records[0]?.record });
    expect((await site.isthmus('plan')).stdout).to.match(/- \w+ PRJ-91001-GONE[^]*2 to delete/);
    expect((await site.isthmus('plan', '--markdown')).stdout).to.match(/### Delete \(2\)[^]*PRJ-91002-GONE/);
    await savedPlan(site);
    const last = plan.records[1]?.record ?? '';
    const dataAreaId = String((await project(last))?.['dataAreaId']);
    const path = finopsPath('ProjCDSProjects', { dataAreaId, ProjectID: last });
    await finopsOf(sandbox).update(path, { ProjectName: 'By hand' });
    const ended = await site.isthmus('apply', PLAN);
    expect(ended.stderr)
      .to.contain(`PLAN_DRIFTED: ${last}`)
      .and.to.match(/ProjectName is 'By hand'/);
    expect(await project(plan.records[0]?.record ?? '')).to.equal(undefined);
    expect(await project(last)).to.include({ ProjectName: 'By hand' });
  });

  it('are deleted once, and by the next run, where a run is killed before it learns of it', async () => {
    configure({ projects: { onDelete: 'delete' } });
    let kill: (() => void) | undefined;
    const relay = await startRelay(sandbox, 'finops', {
      answer: (body, { body: asked }) => {
        if (!kill || !asked.includes('DELETE ')) return body;
        kill();
        return '';
      },
    });
    site.edit(({ connections: { finops } }) => {
      Object.assign(finops, relay.address);
    });
    await site.run();
    await removeInPsa(FIRST, SECOND);
    const run = site.start('run');
    kill = () => run.kill('SIGKILL');
    expect((await run.ended).status).to.equal(null);
    kill = undefined;
    const result = await site.run();
    await relay.close();
    expect(totalsOf(result)).to.include({ deleted: 2, created: 0, quarantined: 0 });
    expect(isReconciled(result)).to.equal(true);
    expect(await project(FIRST)).to.equal(undefined);
    expect(await held()).to.deep.equal([]);
    expect(totalsOf(await site.run())).to.include({ read: 0 });
  });
});
