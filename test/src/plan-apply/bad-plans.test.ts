import { createHash } from 'node:crypto';
import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { expectComplaint } from '../support/complaint.js';
import { tableOf } from '../support/finops.js';
import { PLAN, replacePlan, savedPlan } from '../support/plan.js';
import { Site } from '../support/site.js';

describe('Bad input: plans', () => {
  let sandbox: RunningSandbox;
  let site: Site;
  let plan: string;

  before(async () => {
    sandbox = await startSandbox({ scale: 0.1 });
    site = new Site(sandbox);
    plan = await savedPlan(site);
  });
  beforeEach(() => replacePlan(site, plan));
  after(() => sandbox.stop());

  /** One clear error, and nothing was written nor noted as a run. */
  async function expectRefused(code: string, says: RegExp, by = site): Promise<void> {
    expectComplaint(await by.isthmus('apply', PLAN), { status: 2, code, says });
    expect(await tableOf(sandbox, 'ProjCDSProjectContracts')).to.deep.equal([]);
    expect((await by.isthmus('history', '--json')).json()).to.deep.equal([]);
  }

  it('edited by hand', async () => {
    replacePlan(site, plan.replace('"CurrencyCode":"USD"', '"CurrencyCode":"EUR"'));
    await expectRefused('PLAN_ALTERED', /content does not fit its digest/);
  });

  it('with a line taken out', async () => {
    replacePlan(site, plan.split('\n').toSpliced(2, 1).join('\n'));
    await expectRefused('PLAN_ALTERED', /content does not fit its digest/);
  });

  it('cut off, between two lines or within one', async () => {
    replacePlan(site, plan.slice(0, plan.lastIndexOf('{"digest"')));
    await expectRefused('PLAN_ALTERED', /its end is missing/);
    replacePlan(site, plan.slice(0, plan.length / 2));
    await expectRefused('PLAN_ALTERED', /a line that is no JSON/);
  });

  it('that is none', async () => {
    replacePlan(site, 'integrations: []\n');
    await expectRefused('PLAN_NOT_A_PLAN', /contracts\.plan is no plan/);
    replacePlan(site, '');
    await expectRefused('PLAN_NOT_A_PLAN', /contracts\.plan is no plan/);
  });

  it('of another format', async () => {
    replacePlan(site, plan.replace('{"plan":1,', '{"plan":99,'));
    await expectRefused('PLAN_FORMAT_UNKNOWN', /format 99; this version knows format 1/);
  });

  it('made by another version', async () => {
    const older = plan.replace(/"isthmus":"[^"]+"/, '"isthmus":"0.0.1"');
    replacePlan(site, withDigest(older));
    await expectRefused('PLAN_OTHER_VERSION', /made by Isthmus 0\.0\.1/);
  });

  it('made with another store', async () => {
    const other = new Site(sandbox);
    replacePlan(other, plan);
    await expectRefused('PLAN_OTHER_STORE', /made with another store/, other);
  });

  it('made under another configuration', async () => {
    site.edit(({ connectionSets: { main } }) => (main.organizations['Contoso Robotics UK'] = 'USMF'));
    await expectRefused('PLAN_OUTDATED', /mapping, parameters or organisations of the task project-contracts/);
    site.edit(({ connectionSets: { main } }) => delete main.organizations['Contoso Robotics UK']);
  });

  it('for an integration that is not configured any more', async () => {
    site.edit(({ integrations }) => {
      integrations['renamed'] = integrations['contracts']!;
      delete integrations['contracts'];
    });
    await expectRefused('INTEGRATION_UNKNOWN', /no integration 'contracts'/);
    site.edit(({ integrations }) => {
      integrations['contracts'] = integrations['renamed']!;
      delete integrations['renamed'];
    });
  });

  it('that is not there', async () => {
    const ended = await site.isthmus('apply', 'nowhere.plan');
    expectComplaint(ended, { status: 1, code: 'PLAN_FILE_UNUSABLE', says: /nowhere\.plan cannot be read/ });
  });

  it('that cannot be saved', async () => {
    const ended = await site.isthmus('plan', '--out', 'no/such/folder/a.plan');
    expectComplaint(ended, { status: 1, code: 'PLAN_FILE_UNUSABLE', says: /cannot be read or written/ });
  });

  it('and the right one is applied after all that', async () => {
    expect((await site.isthmus('apply', PLAN)).status).to.equal(3);
  });
});

/** As somebody would write it who knows how the digest is made. */
function withDigest(plan: string): string {
  const body = plan.slice(0, plan.lastIndexOf('{"digest"'));
  const digest = createHash('sha256').update(body).digest('base64url');
  return `${body}${JSON.stringify({ digest })}\n`;
}
