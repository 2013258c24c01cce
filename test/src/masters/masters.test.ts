import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { finopsOf, finopsPath, tableOf } from '../support/finops.js';
import { madePlan, PLAN, savedPlan } from '../support/plan.js';
import { startRelay, type Relay } from '../support/relay.js';
import { totalsOf, type HeldLine } from '../support/run-result.js';
import { psaOf, type Row } from '../support/service.js';
import { Site } from '../support/site.js';

interface ConflictLine {
  readonly key: string;
  readonly field: string;
  readonly last?: string;
  readonly values: Readonly<Record<string, string>>;
}

const PROJECTS = 'ProjCDSProjects';

describe('A field that both sides may change', function () {
  this.timeout(120_000);
  let sandbox: RunningSandbox;
  let relay: Relay;
  let site: Site;
  /** Numbers of projects that nobody has touched yet. */
  let untouched: string[];
  let losesAnswers = false;

  before(async () => {
    sandbox = await startSandbox({ scale: 0.5 });
    relay = await startRelay(sandbox, 'finops', {
      answer: (body, { method, path }) => (losesAnswers && method === 'POST' && path.includes('$batch') ? '' : body),
    });
    site = new Site(sandbox, ({ connections: { finops } }) => Object.assign(finops, relay.address));
    masteredBy('ask');
    await site.run();
    untouched = (await tableOf(sandbox, PROJECTS)).map((row) => String(row['ProjectID'])).sort();
  });
  after(async () => {
    await relay.close();
    await sandbox.stop();
  });

  const masteredBy = (master: string): void =>
    site.edit(({ integrations: { contracts } }) => {
      if (contracts) contracts.overrides = { projects: { ProjectName: { master } } };
    });

  const inFinops = async (number: string): Promise<Row> =>
    (await tableOf(sandbox, PROJECTS)).find((row) => row['ProjectID'] === number) ?? {};
  const nameInFinops = async (number: string) => (await inFinops(number))['ProjectName'];

  const renameInFinops = async (number: string, name: string): Promise<void> => {
    const { dataAreaId } = await inFinops(number);
    const path = finopsPath(PROJECTS, { dataAreaId: String(dataAreaId), ProjectID: number });
    await finopsOf(sandbox).update(path, { ProjectName: name });
  };
  const renameInPsa = async (number: string, name: string): Promise<void> => {
    const psa = psaOf(sandbox);
    const [row] = await psa.rows(`msdyn_projects?$filter=msdynce_projectnumber eq '${number}'`);
    await psa.update(`msdyn_projects(${row?.['msdyn_projectid']})`, { msdyn_subject: name });
  };

  /** A project whose name is another one on either side, and was the same before. */
  const inConflict = async (): Promise<{ number: string; before: string }> => {
    const number = untouched.pop() ?? '';
    const before = String(await nameInFinops(number));
    await renameInPsa(number, `${number} of PSA`);
    await renameInFinops(number, `${number} of F&O`);
    return { number, before };
  };
  const conflicts = async (...filter: string[]) =>
    (await site.isthmus('conflicts', 'list', '--json', ...filter)).jsonLines<ConflictLine>();
  const resolve = (...args: string[]) =>
    site.isthmus('conflicts', 'resolve', '--reason', 'agreed by telephone', ...args);

  it('keeps what only F&O has changed, whatever else PSA changes in the row, also when all is read anew', async () => {
    const number = untouched.pop() ?? '';
    await renameInFinops(number, 'Named by hand');
    const psa = psaOf(sandbox);
    const [row] = await psa.rows(`msdyn_projects?$filter=msdynce_projectnumber eq '${number}'`);
    await psa.update(`msdyn_projects(${row?.['msdyn_projectid']})`, { msdyn_scheduledend: '2027-05-31T12:00:00Z' });
    expect(totalsOf(await site.run())).to.include({ updated: 1, quarantined: 0 });
    expect(await inFinops(number)).to.include({ ProjectName: 'Named by hand' });
    expect(String((await inFinops(number))['ProjectedEndDate'])).to.match(/^2027-05-31/);
    expect(totalsOf(await site.run('--full'))).to.include({ created: 0, updated: 0 });
    expect(await nameInFinops(number)).to.equal('Named by hand');
    expect(await conflicts()).to.deep.equal([]);
  });

  it('takes what only PSA has changed, and does nothing where both have come to the same', async () => {
    const [one = '', other = ''] = untouched.splice(-2);
    await renameInPsa(one, 'Named in PSA');
    await renameInPsa(other, 'Named alike');
    await renameInFinops(other, 'Named alike');
    expect(totalsOf(await site.run())).to.include({ updated: 1, unchanged: 1, quarantined: 0 });
    expect(await nameInFinops(one)).to.equal('Named in PSA');
    // An echo of our own write is no change: the next one goes through.
    await renameInPsa(one, 'Named in PSA again');
    expect(totalsOf(await site.run())).to.include({ updated: 1, quarantined: 0 });
    expect(await nameInFinops(one)).to.equal('Named in PSA again');
  });

  it('is written once and in no conflict with itself where the answer to the write was lost', async () => {
    const number = untouched.pop() ?? '';
    await renameInPsa(number, 'Written, not answered');
    losesAnswers = true;
    await site.isthmus('run', '--json').finally(() => (losesAnswers = false));
    await site.run();
    expect(await nameInFinops(number)).to.equal('Written, not answered');
    await renameInPsa(number, 'And once more');
    expect(totalsOf(await site.run())).to.include({ updated: 1, quarantined: 0 });
    expect(await nameInFinops(number)).to.equal('And once more');
  });

  it('waits for a person where both have changed it and nobody masters it; nothing of the row is written', async () => {
    const { number, before } = await inConflict();
    expect((await madePlan(site)).records.filter(({ record }) => record === number)).to.have.length(1);
    const planned = await site.isthmus('plan');
    expect(planned.stdout).to.include(`${number} of PSA in psa, ${number} of F&O in finops (before: ${before})`);
    expect(totalsOf(await site.run())).to.include({ updated: 0, quarantined: 1 });
    expect(await nameInFinops(number)).to.equal(`${number} of F&O`);
    const [line] = await conflicts();
    expect(line).to.deep.include({
      key: number,
      field: 'ProjectName',
      last: before,
      values: { psa: `${number} of PSA`, finops: `${number} of F&O` },
    });
    const shown = (await site.isthmus('conflicts', 'list')).stdout;
    expect(shown).to.match(/record +task +field +before +psa +finops +since/);
    const [held] = (await site.isthmus('errors', '--json', '--code', 'RECORD_CONFLICT')).jsonLines<HeldLine>();
    expect(held).to.include({ key: number, code: 'RECORD_CONFLICT' });

    const resolved = await resolve(number, '--keep', 'psa');
    expect(resolved.stdout).to.match(/^1 field resolved: psa holds/);
    expect(totalsOf(await site.run())).to.include({ updated: 1, quarantined: 0 });
    expect(await nameInFinops(number)).to.equal(`${number} of PSA`);
    expect(await conflicts()).to.deep.equal([]);
    const trail = (await site.isthmus('audit', '--action', 'conflict.resolved')).stdout;
    expect(trail).to.include(number).and.to.include('agreed by telephone');
  });

  it('stays as it is in F&O where that was decided, until it changes again', async () => {
    const { number } = await inConflict();
    await site.run();
    await resolve(number, '--keep', 'finops');
    expect(totalsOf(await site.run())).to.include({ updated: 0, quarantined: 0, unchanged: 1 });
    expect(await nameInFinops(number)).to.equal(`${number} of F&O`);
    expect(totalsOf(await site.run('--full'))).to.include({ created: 0, updated: 0 });
    expect(await conflicts()).to.deep.equal([]);
    await renameInPsa(number, 'A new thought');
    expect(totalsOf(await site.run())).to.include({ updated: 1 });
    expect(await nameInFinops(number)).to.equal('A new thought');
  });

  it('is a new conflict where a side has changed again since the old one was looked at', async () => {
    const { number } = await inConflict();
    await site.run();
    await renameInFinops(number, 'Changed meanwhile');
    await resolve(number, '--keep', 'psa');
    expect(totalsOf(await site.run())).to.include({ updated: 0, quarantined: 1 });
    expect((await conflicts())[0]?.values).to.deep.include({ finops: 'Changed meanwhile' });
    // It is over as soon as both have the same, without anybody's decision.
    await renameInFinops(number, `${number} of PSA`);
    expect(totalsOf(await site.run())).to.include({ quarantined: 0, unchanged: 1 });
    expect(await conflicts()).to.deep.equal([]);
  });

  it('is decided for many records at once only when that was said twice, and for a side that there is', async () => {
    const [one, other] = [await inConflict(), await inConflict()];
    await site.run();
    const asked = await resolve('--keep', 'finops', '--json');
    expect(asked.json()).to.deep.equal({ records: 2, done: false });
    const wrong = await resolve('--keep', 'fno', '--yes');
    expect(wrong.status).to.equal(1);
    expect(wrong.stderr).to.match(/CONFLICT_SIDE_UNKNOWN: There is no side 'fno'[^]*psa and finops/);
    expect(await conflicts()).to.have.length(2);
    const done = await resolve('--keep', 'finops', '--field', 'ProjectName', '--yes', '--json');
    expect(done.json()).to.deep.equal({ records: 2, fields: 2, done: true });
    expect(totalsOf(await site.run())).to.include({ updated: 0, quarantined: 0 });
    for (const { number } of [one, other]) expect(await nameInFinops(number)).to.equal(`${number} of F&O`);
  });

  it('gets the value of the side that masters it; the plan lists the conflict, and applying it settles it', async () => {
    masteredBy('finops');
    await site.run();
    const { number, before } = await inConflict();
    const { records } = await madePlan(site);
    const values = { psa: `${number} of PSA`, finops: `${number} of F&O` };
    const settled = [{ field: 'ProjectName', last: before, values, kept: 'finops' }];
    expect(records.find(({ record }) => record === number)?.conflicts).to.deep.equal(settled);
    expect((await site.isthmus('plan', '--markdown')).stdout).to.match(
      /### Changed on both sides \(1\)[^]*finops holds/,
    );
    const ran = await site.isthmus('run');
    const told = `One field was changed on both sides, and the value of finops holds: ProjectName of ${number}`;
    expect(ran.stderr).to.include(told);
    expect(await nameInFinops(number)).to.equal(`${number} of F&O`);

    masteredBy('psa');
    await site.run();
    const { number: next } = await inConflict();
    await savedPlan(site);
    expect((await site.isthmus('apply', PLAN)).status).to.not.equal(1);
    expect(await nameInFinops(next)).to.equal(`${next} of PSA`);
    expect((await site.isthmus('plan')).stdout).to.match(/^Nothing to write/m);
  });

  it('is remembered by an exported state, and comes back with it', async () => {
    masteredBy('ask');
    await site.run();
    await site.isthmus('state', 'export', '--out', 'state.jsonl');
    await site.isthmus('state', 'reset', 'contracts/projects', '--yes');
    await site.isthmus('state', 'import', 'state.jsonl', '--yes');
    const { number, before } = await inConflict();
    await site.run();
    expect((await conflicts())[0]).to.include({ key: number, last: before });
    await resolve(number, '--keep', 'psa');
    await site.run();
  });

  it('cannot be part of a key, nor be mastered by somebody whom nobody knows', async () => {
    site.edit(({ integrations: { contracts } }) => {
      if (contracts) contracts.overrides = { projects: { ProjectID: { master: 'psa' } } };
    });
    const ended = await site.isthmus('run');
    expect(ended.status).to.equal(1);
    expect(ended.stderr).to.match(/MAPPING_MASTER_OF_KEY: ProjectID identifies a row/);
    masteredBy('fno');
    const unknown = await site.isthmus('run');
    expect(unknown.status).to.equal(2);
    expect(unknown.stderr).to.match(/'fno'[^]*psa, finops, ask[^]*\.isthmusrc\.json:\d+/);
  });
});
