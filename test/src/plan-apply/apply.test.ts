import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { finopsOf, finopsPath, tableOf, wholeTables } from '../support/finops.js';
import { madePlan, PLAN, savedPlan } from '../support/plan.js';
import { createProject } from '../support/psa-project.js';
import { startRelay, writesIn } from '../support/relay.js';
import { isReconciled, totalsOf, type HeldLine, type RunResult } from '../support/run-result.js';
import { psaOf, type Row } from '../support/service.js';
import { Site } from '../support/site.js';
import { withSandbox } from '../support/with-sandbox.js';

const SCALE = 0.2;

const apply = async (site: Site): Promise<RunResult> => (await site.isthmus('apply', PLAN, '--json')).json<RunResult>();

async function heldIn(site: Site): Promise<string[]> {
  const lines = (await site.isthmus('errors', '--json')).jsonLines<HeldLine>();
  return lines.map(({ task, key, state, code }) => `${task} ${key} ${state} ${code}`).sort();
}

describe('isthmus apply', () => {
  it('leaves both systems and the store as the run would have that was planned', () =>
    withSandbox({ scale: SCALE }, async (one) =>
      withSandbox({ scale: SCALE }, async (other) => {
        const [ran, applied] = [new Site(one), new Site(other)];
        const { created } = totalsOf(await ran.run());
        await savedPlan(applied);
        const result = await apply(applied);
        expect(result.error).to.equal(undefined);
        expect(result).to.include({ status: 'warning', balanced: true });
        expect(isReconciled(result)).to.equal(true);
        expect(totalsOf(result).created).to.equal(created);
        expect(await wholeTables(other)).to.deep.equal(await wholeTables(one));
        expect(await heldIn(applied)).to.deep.equal(await heldIn(ran));

        // It is a run like any other, and the next one goes on from where the plan had read to.
        const [latest] = (await applied.isthmus('history', '--json')).json<{ run: string }[]>();
        expect(latest?.run).to.equal(result.run);
        expect(totalsOf(await applied.run())).to.include({ read: 0, created: 0, updated: 0 });
      }),
    ));

  it('does nothing when it is asked a second time, and says by which run that was done', () =>
    withSandbox({ scale: SCALE }, async (sandbox) => {
      const site = new Site(sandbox);
      await savedPlan(site);
      const { run } = await apply(site);
      const before = await wholeTables(sandbox);
      const again = await site.isthmus('apply', PLAN);
      expect(again.status).to.equal(0);
      expect(again.stdout).to.contain(`applied before, by run ${run}`);
      expect(await wholeTables(sandbox)).to.deep.equal(before);
      expect((await site.isthmus('history', '--json')).json<unknown[]>()).to.have.length(1);
    }));

  it('remembers rows that were right already, so that what refers to them is delivered', () =>
    withSandbox({ scale: SCALE }, async (sandbox) => {
      await new Site(sandbox).run();
      // Another store: nothing is known of what is in F&O.
      const site = new Site(sandbox);
      const [project] = await psaOf(sandbox).rows('msdyn_projects?$filter=msdynce_projectnumber ne null&$top=1');
      await psaOf(sandbox).update(`msdyn_projects(${project?.['msdyn_projectid']})`, { msdyn_subject: 'Another name' });
      await savedPlan(site);
      const { records } = await madePlan(site);
      expect(records.filter(({ action }) => action === 'adopt').length).to.be.greaterThan(40);
      const result = await apply(site);
      expect(result.balanced).to.equal(true);
      expect(totalsOf(result)).to.include({ created: 0, updated: 1 });
      expect(totalsOf(await site.run())).to.include({ read: 0 });
    }));

  it('goes on after kill -9 in the middle of it: what was written as planned is no drift', () =>
    withSandbox({ scale: SCALE }, async (sandbox) => {
      let kill = (): void => undefined;
      let batches = 0;
      const relay = await startRelay(sandbox, 'finops', {
        answer: (body, passage) => {
          if (writesIn([passage]).length > 0 && ++batches === 2) {
            kill();
            return '';
          }
          return body;
        },
      });
      const site = new Site(sandbox, ({ connections: { finops } }) => {
        Object.assign(finops, relay.address);
      });
      await savedPlan(site);
      const planned = (await madePlan(site)).records.filter(({ action }) => action === 'create').length;
      const run = site.start('apply', PLAN);
      kill = () => run.kill('SIGKILL');
      expect((await run.ended).status).to.equal(null);
      const result = await apply(site);
      await relay.close();
      expect(result.error).to.equal(undefined);
      const { created, unchanged } = totalsOf(result);
      expect(unchanged).to.be.greaterThan(0);
      // One is refused by F&O, as the sample company has it.
      expect(created + unchanged).to.equal(planned - 1);
      const projects = await tableOf(sandbox, 'ProjCDSProjects');
      expect(new Set(projects.map((row) => `${row['dataAreaId']} ${row['ProjectID']}`)).size).to.equal(projects.length);
      expect(totalsOf(await site.run())).to.include({ read: 0, created: 0, updated: 0 });
    }));
});

describe('isthmus apply, where something has moved since', () => {
  let sandbox: RunningSandbox;
  let site: Site;

  beforeEach(async () => {
    sandbox = await startSandbox({ scale: SCALE });
    site = new Site(sandbox);
  });
  afterEach(() => sandbox.stop());

  const contracts = (): Promise<Row[]> => tableOf(sandbox, 'ProjCDSProjectContracts');

  /** The contracts of the plan, in its order. */
  const plannedContracts = async (): Promise<string[]> =>
    (await madePlan(site)).records
      .filter(({ task, action }) => task === 'project-contracts' && action === 'create')
      .map(({ record }) => record);

  async function expectDrift(record: string, says: RegExp): Promise<void> {
    const ended = await site.isthmus('apply', PLAN);
    expect(ended.status, ended.stderr).to.equal(1);
    expect(ended.stderr).to.contain(`PLAN_DRIFTED: ${record} is not as it was planned`).and.to.match(says);
    expect(ended.stderr).to.match(/remedy: Make the plan again/);
  }

  it('stops at the record that has changed in the source, names the field, and leaves the rest alone', async () => {
    const planned = await plannedContracts();
    const at = Math.floor(planned.length / 2);
    const moved = planned[at] ?? '';
    await savedPlan(site);
    const [row] = await psaOf(sandbox).rows(`salesorders?$filter=ordernumber eq '${moved}'`);
    await psaOf(sandbox).update(`salesorders(${row?.['salesorderid']})`, { name: 'Moved' });
    await expectDrift(moved, /in the source, Name is 'Moved'; the plan has '/);
    const written = (await contracts()).map((contract) => contract['ProjectContractID']);
    expect(written).to.have.members(planned.slice(0, at).filter((record) => record !== 'ORD-00004-NEWCUS'));
    expect(await tableOf(sandbox, 'ProjCDSProjects')).to.deep.equal([]);
    const [run] = (await site.isthmus('history', '--json')).json<{ status: string; error: { code: string } }[]>();
    expect(run).to.include({ status: 'failed' });
    expect(run?.error.code).to.equal('PLAN_DRIFTED');
    // A plan made now goes on from there.
    await savedPlan(site);
    expect((await apply(site)).error).to.equal(undefined);
    expect((await contracts()).find((contract) => contract['ProjectContractID'] === moved)).to.include({
      Name: 'Moved',
    });
  });

  it('stops at a row that somebody has created in the destination meanwhile', async () => {
    const [first = '', second = ''] = await plannedContracts();
    const planned = (await madePlan(site)).records.find(({ record }) => record === second);
    await savedPlan(site);
    await finopsOf(sandbox).create('ProjCDSProjectContracts', {
      dataAreaId: planned?.legalEntity ?? '',
      ProjectContractID: second,
      Name: 'By somebody else',
      CurrencyCode: String(planned?.fields?.['CurrencyCode']),
    });
    await expectDrift(second, /in the destination, \w+ is .*; the plan has no such row/);
    expect((await contracts()).map((contract) => contract['ProjectContractID'])).to.have.members([first, second]);
  });

  it('stops at a row that has been changed in the destination meanwhile, with the value that was planned and the present one', async () => {
    await site.run();
    const number = 'ORD-00002-ODDCHR';
    const contract = async (): Promise<Row> =>
      (await contracts()).find((row) => row['ProjectContractID'] === number) ?? {};
    const [row] = await psaOf(sandbox).rows(`salesorders?$filter=ordernumber eq '${number}'`);
    await psaOf(sandbox).update(`salesorders(${row?.['salesorderid']})`, { name: 'By PSA' });
    await savedPlan(site);
    const key = { dataAreaId: String((await contract())['dataAreaId']), ProjectContractID: number };
    await finopsOf(sandbox).update(finopsPath('ProjCDSProjectContracts', key), { Name: 'By hand' });
    await expectDrift(number, /in the destination, Name is 'By hand'; the plan has '.*O'Brien/);
    expect(await contract()).to.include({ Name: 'By hand' });
  });

  it('leaves alone what has come to the source since: the next run takes it', async () => {
    await savedPlan(site);
    await createProject(psaOf(sandbox), 'PRJ-90002-LATER', 'ORD-00002-ODDCHR');
    expect((await apply(site)).error).to.equal(undefined);
    const projects = async () => (await tableOf(sandbox, 'ProjCDSProjects')).map((row) => row['ProjectID']);
    expect(await projects()).not.to.include('PRJ-90002-LATER');
    expect(totalsOf(await site.run())).to.include({ read: 1, created: 1 });
    expect(await projects()).to.include('PRJ-90002-LATER');
  });
});
