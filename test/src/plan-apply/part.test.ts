import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { tableOf } from '../support/finops.js';
import { madePlan, PLAN, savedPlan } from '../support/plan.js';
import { totalsOf } from '../support/run-result.js';
import { psaOf } from '../support/service.js';
import { Site } from '../support/site.js';

describe('A plan of a part', function () {
  this.timeout(120_000);
  let sandbox: RunningSandbox;
  let site: Site;
  let numbers: string[];

  before(async () => {
    sandbox = await startSandbox({ scale: 0.2 });
    site = new Site(sandbox);
    await site.run();
    numbers = (await tableOf(sandbox, 'ProjCDSProjects')).map((row) => String(row['ProjectID'])).slice(0, 2);
    for (const number of numbers) await rename(number, `${number} renamed`);
  });
  after(() => sandbox.stop());

  const rename = async (number: string, name: string): Promise<void> => {
    const psa = psaOf(sandbox);
    const [row] = await psa.rows(`msdyn_projects?$filter=msdynce_projectnumber eq '${number}'`);
    await psa.update(`msdyn_projects(${row?.['msdyn_projectid']})`, { msdyn_subject: name });
  };
  const nameOf = async (number: string) =>
    (await tableOf(sandbox, 'ProjCDSProjects')).find((row) => row['ProjectID'] === number)?.['ProjectName'];

  it('shows one record; applied, it writes that one, and the next run still finds the others', async () => {
    const [one = '', other = ''] = numbers;
    const { records, status } = await madePlan(site, '--only', one);
    expect(status).to.equal(4);
    expect(records.map(({ record, action }) => [record, action])).to.deep.equal([[one, 'update']]);
    await savedPlan(site, '--only', one);
    await site.isthmus('apply', PLAN);
    expect(await nameOf(one)).to.equal(`${one} renamed`);
    expect(await nameOf(other)).not.to.equal(`${other} renamed`);
    expect(totalsOf(await site.run())).to.include({ updated: 1 });
    expect(await nameOf(other)).to.equal(`${other} renamed`);
  });

  it('is about one legal entity, or the integrations of one template', async () => {
    for (const number of numbers) await rename(number, `${number} once more`);
    const all = (await madePlan(site)).records.filter(({ action }) => action === 'update');
    const entity = all[0]?.legalEntity ?? '';
    const ofEntity = (await madePlan(site, '--legal-entity', entity.toUpperCase())).records;
    expect(ofEntity.filter(({ action }) => action === 'update')).to.deep.equal(
      all.filter(({ legalEntity }) => legalEntity === entity),
    );
    const ofTemplate = (await madePlan(site, '--template', 'projects-and-contracts')).records;
    expect(ofTemplate.filter(({ action }) => action === 'update')).to.deep.equal(all);
  });

  it('of a record that nobody knows is no empty plan, but an error', async () => {
    const ended = await site.isthmus('plan', '--only', 'PRJ-99999');
    expect(ended.status).to.equal(1);
    expect(ended.stderr).to.match(/RECORD_UNKNOWN: No task has found a record 'PRJ-99999'/);
  });
});
