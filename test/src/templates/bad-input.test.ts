import { awkwardRows, startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { finopsOf, tableOf } from '../support/finops.js';
import { linkCategories } from '../support/categories.js';
import { isReconciled, type HeldLine, type RunResult } from '../support/run-result.js';
import { psaOf, type Row, type Service } from '../support/service.js';
import { Site } from '../support/site.js';
import { install } from '../support/templates.js';

const EXPENSE = 192350001;
const TIME = 192350000;
const COMPLIMENTARY = 192350002;
const NO_ID = '00000000-0000-0000-0000-000000000000';
const ABSENT_ACTUAL = 'b0000000-0000-4000-8000-000000000001';
const CONNECTION = 'b0000000-0000-4000-8000-000000000002';
/** Each is the other's parent. */
const CIRCLE = ['a0000000-0000-4000-8000-000000000051', 'a0000000-0000-4000-8000-000000000052'] as const;
const ORPHAN = 'a0000000-0000-4000-8000-000000000053';
const STRAY_TASK = 'b0000000-0000-4000-8000-000000000003';
const contractless = awkwardRows.find(({ what }) => what.startsWith('no contract'))?.id ?? '';
const presales = awkwardRows.find(({ what }) => what === 'a project that has no contract')?.id ?? '';

const COMPLIMENTARY_DEFAULT = `ProjCDSBillingTypeDefaults(dataAreaId='ussi',BillingType=Microsoft.Dynamics.DataEntities.ProjCDSBillingType'Complimentary')?cross-company=true`;

/** One thing wrong of each kind, in data that is otherwise in order. */
describe('Bad input to tasks, estimates and actuals', function () {
  this.timeout(300_000);
  let sandbox: RunningSandbox;
  let psa: Service;
  let finops: Service;
  let site: Site;
  let result: RunResult;
  let held: Map<string, HeldLine>;
  let actuals: Row[];
  let category: Row;
  let interCompany: string;

  const actualsIn = async (): Promise<Map<string, Row>> =>
    new Map((await tableOf(sandbox, 'ProjCDSActualsImports')).map((row) => [String(row['ActualId']), row]));

  const companyOf = (row: Row | undefined): string | undefined =>
    row && companies.get(String(row['_msdyn_project_value']));
  const companies = new Map<string, string>();

  async function runAll(): Promise<void> {
    result = await site.run('--all');
    const lines = (await site.isthmus('errors', '--json')).jsonLines<HeldLine>();
    held = new Map(lines.filter(({ integration }) => integration !== 'contracts').map((line) => [line.sourceId, line]));
  }

  before(async () => {
    sandbox = await startSandbox({ scale: 0.3 });
    psa = psaOf(sandbox);
    finops = finopsOf(sandbox);
    await linkCategories(sandbox);
    site = new Site(sandbox, (rc) => install(rc, 'contracts', 'tasks'));
    await site.run('--all');
    await spoil();
    site.edit((rc) => {
      install(rc, 'contracts', 'tasks', 'hours', 'expenses', 'actuals');
      const { actuals: entry } = rc.integrations;
      if (entry) entry.parameters = { importFromStaging: true, post: true };
    });
    await runAll();
  });
  after(() => sandbox.stop());

  async function spoil(): Promise<void> {
    actuals = await psa.rows('msdyn_actuals');
    const delivered = new Map((await tableOf(sandbox, 'ProjCDSProjects')).map((row) => [row['ProjectID'], row]));
    for (const project of await psa.rows('msdyn_projects')) {
      const row = delivered.get(project['msdynce_projectnumber'] ?? null);
      if (row) companies.set(String(project['msdyn_projectid']), String(row['dataAreaId']));
    }
    const categories = await psa.rows('msdyn_transactioncategories');
    const used = actuals.find((row) => row['msdyn_transactionclassification'] === EXPENSE && companyOf(row) === 'usmf');
    const found = categories.find(
      (row) => row['msdyn_transactioncategoryid'] === used?.['_msdyn_transactioncategory_value'],
    );
    category = found ?? {};
    await finops.update(categoryPath(), { IntegrationId: NO_ID });
    await finops.remove(COMPLIMENTARY_DEFAULT);

    await psa.create('msdyn_projecttasks', {
      msdyn_projecttaskid: STRAY_TASK,
      msdyn_subject: 'On a project without contract',
      msdyn_wbsid: '1',
      msdyn_islinetask: false,
      'msdyn_project@odata.bind': `/msdyn_projects(${contractless})`,
    });
    await psa.create('msdyn_transactionconnections', {
      msdyn_transactionconnectionid: CONNECTION,
      msdyn_transaction1: ABSENT_ACTUAL.toUpperCase(),
      msdyn_transaction1role: 'Unbilled Sales',
      msdyn_transaction1type: 'msdyn_actual',
      msdyn_transaction2: String(actuals[0]?.['msdyn_actualid']),
      msdyn_transaction2role: 'Cost',
      msdyn_transaction2type: 'msdyn_actual',
    });

    const travelling = actuals.find(
      (row) =>
        row['msdyn_transactionclassification'] === TIME &&
        row['msdyn_billingtype'] !== COMPLIMENTARY &&
        companyOf(row) === 'ussi',
    );
    interCompany = String(travelling?.['msdyn_actualid']);
    const units = await psa.rows('msdyn_organizationalunits');
    const unit = units.find((row) => row['msdyn_name'] === 'Contoso Global');
    await psa.update(`msdyn_actuals(${interCompany})`, {
      'msdyn_resourceorganizationalunitid@odata.bind': `/msdyn_organizationalunits(${String(unit?.['msdyn_organizationalunitid'])})`,
    });
  }

  const categoryPath = (): string =>
    `ProjCDSCategories(dataAreaId='usmf',CategoryId='${String(category['msdyn_name'])}')?cross-company=true`;
  const heldWith = (code: string, words: RegExp): HeldLine[] =>
    [...held.values()].filter((line) => line.code === code && words.test(line.errors[0]?.message ?? ''));

  it('holds back what is wrong, and nothing else; every record is accounted for', async () => {
    expect(result.status).to.equal('warning');
    expect(result.balanced && isReconciled(result)).to.equal(true);
    const arrived = await actualsIn();
    const missing = actuals.map((row) => String(row['msdyn_actualid'])).filter((id) => !arrived.has(id));
    expect(missing.filter((id) => !held.has(id))).to.deep.equal([]);
    expect(arrived.size).to.be.greaterThan(40);
  });

  it('a category that F&O does not have: named, with the legal entity and what to do', () => {
    const lines = heldWith('RECORD_NEED_MISSING', /no category linked to the PSA transaction category .* in USMF/);
    expect(new Set(lines.map(({ integration }) => integration))).to.include('actuals');
    const { msdyn_name: name, msdyn_transactioncategoryid: id } = category;
    expect(lines[0]?.errors[0]?.message).to.contain(`${String(name)} (${String(id)}) in USMF`);
    expect(lines[0]?.errors[0]?.remedy).to.match(/Synchronise the expense categories first.*by itself/);
  });

  it('a line property missing for a billing type: named, with the form to fill in', () => {
    const [line] = heldWith('RECORD_NEED_MISSING', /no line property for the billing type complimentary in USSI/i);
    expect(line?.errors[0]?.remedy).to.match(/Billing type defaults/);
  });

  it('tasks that are below each other: quarantined, with the circle named', () => {
    const [a, b] = CIRCLE;
    expect(held.get(a)).to.include({ code: 'RECORD_IN_CIRCLE', state: 'quarantined' });
    expect(held.get(a)?.errors[0]?.message).to.equal(`The record waits for itself: ${a} → ${b} → ${a}.`);
    expect(held.get(b)?.errors[0]?.message).to.equal(`The record waits for itself: ${b} → ${a} → ${b}.`);
  });

  it('a task below one that does not exist: waits for it', () => {
    expect(held.get(ORPHAN)).to.include({ code: 'RECORD_WAITS', state: 'deferred' });
  });

  it('an actual and a task of a project without a contract: wait for the project', () => {
    for (const id of [presales, STRAY_TASK]) {
      expect(held.get(id)).to.include({ code: 'RECORD_WAITS', state: 'deferred' });
      expect(held.get(id)?.waitsFor).to.include({ task: 'projects', key: 'prj-00004-nocntr' });
    }
  });

  it('a connection whose end never comes: waits, and says for which actual', () => {
    expect(held.get(CONNECTION)).to.include({ code: 'RECORD_WAITS', state: 'deferred' });
    expect(held.get(CONNECTION)?.waitsFor).to.include({ task: 'actuals', key: ABSENT_ACTUAL });
  });

  it('an inter-company actual goes to whoever did the work, with the legal entity of the project', async () => {
    const row = (await actualsIn()).get(interCompany);
    expect(row).to.include({ dataAreaId: 'usmf' });
    expect(String(row?.['ProjectDataAreaId']).toLowerCase()).to.equal('ussi');
    for (const [id, other] of await actualsIn()) {
      if (id !== interCompany) expect(other['ProjectDataAreaId'], id).to.equal('');
    }
    const lines = await tableOf(sandbox, 'ProjAdvancedJournalLines');
    expect(lines.find((line) => line['ActualId'] === interCompany)).to.include({
      dataAreaId: 'ussi',
      Status: 'Posted',
    });
  });

  it('a posted actual that is changed in PSA afterwards: refused by F&O, with the voucher', async () => {
    const [id, row] = [...(await actualsIn())].find(([, one]) => one['Voucher'] !== '') ?? ['', {}];
    await psa.update(`msdyn_actuals(${id})`, { msdyn_amount: 1 });
    await runAll();
    expect(held.get(id)).to.include({ state: 'quarantined', legalEntity: String((row as Row)['dataAreaId']) });
    expect(held.get(id)?.errors[0]?.message).to.match(/posted with voucher .* cannot be changed/);
    const original = actuals.find((one) => one['msdyn_actualid'] === id);
    await psa.update(`msdyn_actuals(${id})`, { msdyn_amount: Number(original?.['msdyn_amount']) });
  });

  it('an actual that is sent again, because nothing is remembered of it, is not doubled', async () => {
    const before = (await tableOf(sandbox, 'ProjCDSActualsImports')).length;
    const forgetful = new Site(sandbox, (rc) => install(rc, 'contracts', 'tasks', 'actuals'));
    const again = await forgetful.run('--all');
    const [sent] = again.tasks.filter(({ task }) => task === 'actuals');
    expect(sent).to.include({ created: 0 });
    expect(await tableOf(sandbox, 'ProjCDSActualsImports')).to.have.length(before);
  });

  it('what has been put right comes by itself', async () => {
    await finops.update(categoryPath(), { IntegrationId: category['msdyn_transactioncategoryid'] ?? null });
    await finops.create('ProjCDSBillingTypeDefaults', {
      dataAreaId: 'ussi',
      BillingType: 'Complimentary',
      LinePropertyId: 'Compliment',
    });
    const [order] = await psa.rows(
      `salesorders?$filter=msdyn_ordertype eq 192350001 and startswith(ordernumber,'ORD-01')&$top=1`,
    );
    await psa.update(`msdyn_projects(${contractless})`, {
      'msdyn_salesorderid@odata.bind': `/salesorders(${String(order?.['salesorderid'])})`,
    });
    await psa.update(`msdyn_projecttasks(${CIRCLE[1]})`, { 'msdyn_parenttask@odata.bind': null });
    await runAll();
    expect([...held.keys()]).to.have.members([CONNECTION, ORPHAN]);
    const tasks = new Map((await tableOf(sandbox, 'ProjCDSTasks')).map((row) => [row['Task'], row]));
    expect(tasks.get(CIRCLE[1])).to.include({ ParentTask: NO_ID });
    expect(tasks.get(CIRCLE[0])).to.include({ ParentTask: CIRCLE[1] });
    const arrived = await actualsIn();
    for (const row of actuals) expect(arrived.has(String(row['msdyn_actualid']))).to.equal(true);
  });
});

describe('A legal entity whose projects are investment projects', function () {
  this.timeout(300_000);

  it('gets none of them: each says why, what belongs to it waits, and the other legal entity goes on', async () => {
    const sandbox = await startSandbox({ scale: 0.2 });
    try {
      const parameters = `ProjCDSParameters(dataAreaId='ussi')?cross-company=true`;
      await finopsOf(sandbox).update(parameters, { DefaultProjectType: 'Investment' });
      const site = new Site(sandbox, (rc) => install(rc, 'contracts', 'tasks'));
      await site.run('--all');
      const lines = (await site.isthmus('errors', '--json')).jsonLines<HeldLine>();
      const refused = lines.filter(({ task, legalEntity }) => task === 'projects' && legalEntity === 'ussi');
      expect(refused.length).to.be.greaterThan(0);
      for (const { errors } of refused) {
        expect(errors[0]?.message).to.match(/Investment cannot be integrated; only time and material and fixed price/);
      }
      const waiting = lines.filter(({ task, code }) => task === 'project-tasks' && code === 'RECORD_WAITS');
      expect(waiting.some(({ legalEntity }) => legalEntity === 'ussi')).to.equal(true);
      const tasks = await tableOf(sandbox, 'ProjCDSTasks');
      expect(new Set(tasks.map((row) => row['dataAreaId']))).to.deep.equal(new Set(['usmf']));

      await finopsOf(sandbox).update(parameters, { DefaultProjectType: 'TimeMaterial' });
      await site.run('--all', '--retry');
      expect((await tableOf(sandbox, 'ProjCDSTasks')).some((row) => row['dataAreaId'] === 'ussi')).to.equal(true);
    } finally {
      await sandbox.stop();
    }
  });
});
