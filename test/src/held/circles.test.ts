import { readFileSync } from 'node:fs';
import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { tableOf } from '../support/finops.js';
import { PLAN, savedPlan } from '../support/plan.js';
import { repositoryFile } from '../support/repository.js';
import { isReconciled, type HeldLine, type RunResult } from '../support/run-result.js';
import { psaOf, type Row } from '../support/service.js';
import { Site } from '../support/site.js';

describe('Records that refer to each other in a circle', () => {
  let sandbox: RunningSandbox;
  let site: Site;
  let projects: Row[];

  before(async () => {
    sandbox = await startSandbox({ scale: 0.5 });
    site = new Site(sandbox);
    await site.run();
    const ofOneLegalEntity = (await tableOf(sandbox, 'ProjCDSProjects')).filter((row) => row['dataAreaId'] === 'usmf');
    const delivered = new Set(ofOneLegalEntity.map((row) => row['ProjectID']));
    projects = (await psaOf(sandbox).rows('msdyn_projects'))
      .filter((row) => delivered.has(row['msdynce_projectnumber'] ?? null))
      .slice(0, 7);
    site.write('circular.mjs', readFileSync(repositoryFile('test/dist/held/circular-projects.js'), 'utf8'));
    site.edit((rc) => {
      rc.plugins.push('./circular.mjs');
      rc.integrations['circular'] = { template: 'circular', connectionSet: 'main' };
    });
  });
  after(() => sandbox.stop());

  const number = (index: number): string => String(projects[index]?.['msdynce_projectnumber']);
  const become = (index: number, kind: string, parent: number): Promise<void> =>
    psaOf(sandbox).update(`msdyn_projects(${String(projects[index]?.['msdyn_projectid'])})`, {
      msdyn_subject: kind,
      msdyn_description: number(parent),
    });
  const parentOf = async (index: number): Promise<unknown> =>
    (await tableOf(sandbox, 'ProjCDSProjects')).find((row) => row['ProjectID'] === number(index))?.['ParentId'];
  const held = async (): Promise<HeldLine[]> =>
    (await site.isthmus('errors', '--integration', 'circular', '--json')).jsonLines<HeldLine>();

  it('between two tasks are written in two passes where the field may be empty: first without it, then with it; a third follows', async () => {
    await become(0, 'Family', 1);
    await become(1, 'Clan', 0);
    await become(2, 'Family', 1);
    const ended = await site.isthmus('run', 'circular', '--json');
    const result = ended.json<RunResult>();
    expect(result.error?.code).to.equal(undefined);
    expect(isReconciled(result)).to.equal(true);
    expect([await parentOf(0), await parentOf(1), await parentOf(2)]).to.deep.equal([number(1), number(0), number(1)]);
    expect(await held()).to.deep.equal([]);
  });

  it('find nothing to do the second time', async () => {
    const { tasks } = (await site.isthmus('run', 'circular', '--json')).json<RunResult>();
    expect(tasks.reduce((sum, { created, updated }) => sum + created + updated, 0)).to.equal(0);
  });

  it('within one task are quarantined with the circle named; they never wait silently', async () => {
    await become(3, 'Dynasty', 4);
    await become(4, 'Dynasty', 3);
    const result = (await site.isthmus('run', 'circular', '--json')).json<RunResult>();
    expect(isReconciled(result)).to.equal(true);
    const refused = await held();
    expect(refused.map(({ code }) => code)).to.deep.equal(['RECORD_IN_CIRCLE', 'RECORD_IN_CIRCLE']);
    expect(refused[0]?.errors[0]?.message)
      .to.include(number(3))
      .and.to.include(`→ ${number(4)} →`);
  });

  it('are planned so, and applied as they were planned', async () => {
    await become(5, 'Family', 6);
    await become(6, 'Clan', 5);
    const plan = await savedPlan(site, 'circular');
    expect(plan.match(/RECORD_IN_CIRCLE/g)).to.have.length(2);
    const applied = (await site.isthmus('apply', PLAN, '--json')).json<RunResult>();
    expect(applied.error?.message).to.equal(undefined);
    expect(isReconciled(applied)).to.equal(true);
    expect([await parentOf(5), await parentOf(6)]).to.deep.equal([number(6), number(5)]);
    expect((await held()).map(({ code }) => code)).to.deep.equal(['RECORD_IN_CIRCLE', 'RECORD_IN_CIRCLE']);
    const { tasks } = (await site.isthmus('run', 'circular', '--json')).json<RunResult>();
    expect(tasks.reduce((sum, { created, updated }) => sum + created + updated, 0)).to.equal(0);
  });
});
