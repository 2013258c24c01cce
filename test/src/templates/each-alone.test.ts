import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { Controls, isWrite } from '../support/controls.js';
import { expectComplaint } from '../support/complaint.js';
import { finopsOf, tableOf } from '../support/finops.js';
import { linkCategories } from '../support/categories.js';
import { Site } from '../support/site.js';
import { install, type Entry } from '../support/templates.js';

/** What each template cannot do without, and where its rows arrive. */
const ALONE: readonly (readonly [Entry, needs: Entry[], arrivals: string[]])[] = [
  ['tasks', ['contracts'], ['ProjCDSTasks']],
  ['hours', ['contracts', 'tasks'], ['ProjCDSEstimateHours']],
  ['expenses', ['contracts', 'tasks'], ['ProjCDSEstimateExpensesImports', 'ProjCDSTransactionRelationshipImports']],
  ['actuals', ['contracts', 'tasks'], ['ProjCDSActualsImports', 'ProjCDSTransactionRelationshipImports']],
];

describe('Each template with only its prerequisites installed', function () {
  this.timeout(180_000);
  let sandbox: RunningSandbox;
  beforeEach(async () => {
    sandbox = await startSandbox({ scale: 0.3 });
    await linkCategories(sandbox);
  });
  afterEach(() => sandbox.stop());

  for (const [entry, needs, arrivals] of ALONE) {
    it(`${entry}: delivers after ${needs.join(' and ')}, and refuses to start without`, async () => {
      const controls = new Controls(sandbox);
      const incomplete = new Site(sandbox, (rc) => install(rc, entry, ...needs.slice(0, -1)));
      await controls.forgetRequests();
      const refused = await incomplete.isthmus('run', entry);
      expectComplaint(refused, {
        status: 1,
        code: /TASK_REFERENCE_UNKNOWN/.test(refused.stderr) ? 'TASK_REFERENCE_UNKNOWN' : 'PREREQUISITES_MISSING',
        says: /needs rows of the task '(?:projects|project-tasks)', which no integration of its connection set delivers/,
      });
      expect((await controls.requests()).filter(isWrite)).to.deep.equal([]);

      const complete = new Site(sandbox, (rc) => install(rc, entry, ...needs));
      const { tasks, balanced } = await complete.run('--all');
      expect(balanced).to.equal(true);
      const created = tasks.filter(({ integration }) => integration === entry).map((task) => task.created);
      expect(Math.min(...created)).to.be.greaterThan(5);
      for (const collection of arrivals) expect(await tableOf(sandbox, collection)).not.to.have.length(0);
    });
  }

  it('actuals refuse to start where the integration parameters lack a category that they need', async () => {
    await finopsOf(sandbox).update(`ProjCDSParameters(dataAreaId='ussi')?cross-company=true`, { FeeCategory: '' });
    const site = new Site(sandbox, (rc) => install(rc, 'contracts', 'tasks', 'actuals'));
    const ended = await site.isthmus('run', '--all');
    expect(ended.status).to.equal(1);
    expect(ended.stderr).to.match(
      /ussi: there is no fee category\. .*isthmus parameters set.* in F&O, open .*integration parameters/,
    );
    expect(await tableOf(sandbox, 'ProjCDSActualsImports')).to.have.length(0);
  });
});

describe('Actuals of some resourcing units', function () {
  this.timeout(180_000);

  it('are the only ones delivered, with the connections between them; nothing waits for the others, nothing is posted', async () => {
    const sandbox = await startSandbox({ scale: 0.3 });
    try {
      await linkCategories(sandbox);
      const site = new Site(sandbox, (rc) => {
        install(rc, 'contracts', 'tasks', 'actuals');
        const { actuals } = rc.integrations;
        if (actuals) actuals.parameters = { resourcingUnits: ['Contoso US'] };
      });
      const { tasks } = await site.run('--all');
      const of = (name: string) => tasks.find(({ task }) => task === name);
      expect(of('actuals')?.filtered).to.be.greaterThan(5);
      expect(of('actual-relationships')).to.include({ deferred: 0, quarantined: 0 });
      expect(of('actual-relationships')?.created).to.be.greaterThan(5);
      const rows = await tableOf(sandbox, 'ProjCDSActualsImports');
      expect(new Set(rows.map((row) => row['dataAreaId']))).to.deep.equal(new Set(['ussi']));
      expect(await tableOf(sandbox, 'ProjAdvancedJournalLines')).to.have.length(0);
    } finally {
      await sandbox.stop();
    }
  });
});

describe('The coverage of the organisation mapping', function () {
  this.timeout(180_000);

  it('is told before anything is written: one message for all units, with the rows that each has', async () => {
    const sandbox = await startSandbox({ scale: 1 });
    try {
      const site = new Site(sandbox, (rc) => {
        install(rc, 'contracts');
        rc.connectionSets.main.organizations = { 'Contoso US': 'USSI', 'Contoso Globall': 'USMF' };
      });
      const { stderr } = await site.isthmus('run');
      const told = stderr.split('\n').filter((line) => /organisation/i.test(line));
      expect(told).to.have.length(2);
      expect(told[0]).to.match(
        /'Contoso Global' \(project-contracts \d+, projects \d+, contract-lines \d+, milestones \d+\); 'Contoso Robotics UK' \(project-contracts 1\)/,
      );
      expect(told[1]).to.match(/units that the source does not have: 'Contoso Globall'/);
      expect(stderr.indexOf(told[0] ?? '')).to.be.lessThan(stderr.indexOf('contracts / project-contracts'));
    } finally {
      await sandbox.stop();
    }
  });

  it('is silent where every unit is mapped, or left out on purpose', async () => {
    const sandbox = await startSandbox({ scale: 0.2 });
    try {
      const site = new Site(sandbox, (rc) => (rc.connectionSets.main.organizations['Contoso Robotics UK'] = null));
      expect((await site.isthmus('run')).stderr).not.to.match(/organisation/i);
    } finally {
      await sandbox.stop();
    }
  });
});
