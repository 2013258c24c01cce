import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { Controls, isWrite } from '../support/controls.js';
import { comparable } from '../support/expected.js';
import { finopsOf, tableOf } from '../support/finops.js';
import { linkCategories } from '../support/categories.js';
import { ARRIVALS, expectedArrivals } from '../support/released.js';
import { startRelay } from '../support/relay.js';
import { isReconciled, type RunResult } from '../support/run-result.js';
import { psaOf, type Row } from '../support/service.js';
import { Site } from '../support/site.js';
import { install } from '../support/templates.js';

/** Every row of a collection as the fields that are mapped to it; decimals digit by digit. */
async function expectArrived(sandbox: RunningSandbox): Promise<void> {
  const expected = await expectedArrivals(sandbox);
  for (const collection of ARRIVALS) {
    const fields = Object.keys(expected[collection][0] ?? {});
    expect(expected[collection].length, collection).to.be.greaterThan(50);
    const rows = await tableOf(sandbox, collection);
    expect(comparable(rows, fields), collection).to.deep.equal(comparable(expected[collection], fields));
  }
}

describe('All templates together', function () {
  this.timeout(300_000);
  let sandbox: RunningSandbox;
  let site: Site;
  let first: RunResult;

  before(async () => {
    sandbox = await startSandbox({ scale: 1 });
    await linkCategories(sandbox);
    // The rc file lists them the wrong way round.
    site = new Site(sandbox, (rc) => install(rc, 'actuals', 'expenses', 'hours', 'tasks', 'contracts'));
    first = await site.run('--all');
  });
  after(() => sandbox.stop());

  it('run in the order that follows from their lookups', () => {
    const order = [...new Set(first.tasks.map(({ integration }) => integration))];
    expect(order.indexOf('contracts')).to.equal(0);
    expect(order.indexOf('tasks')).to.equal(1);
    expect(order.indexOf('actuals')).to.equal(4);
    expect(first.balanced && isReconciled(first)).to.equal(true);
  });

  it('deliver exactly what the published templates ask for, every field right to the last digit', () =>
    expectArrived(sandbox));

  it('put every activity below that of its parent, at whatever depth', async () => {
    const activities = new Map((await tableOf(sandbox, 'ProjActivities')).map((row) => [row['Task'], row]));
    const children = (await tableOf(sandbox, 'ProjCDSTasks')).filter((row) =>
      activities.has(row['ParentTask'] ?? null),
    );
    expect(children.length).to.be.greaterThan(100);
    for (const { Task, ParentTask } of children) {
      const parent = activities.get(ParentTask ?? null)?.['ActivityNumber'];
      expect(activities.get(Task ?? null)?.['ParentActivityNumber'], `${Task}`).to.equal(parent);
    }
  });

  it('count a task once, also where it had to wait for its parent', () => {
    const tasks = first.tasks.find(({ task }) => task === 'project-tasks');
    expect(tasks).to.include({ read: 303, created: 240, filtered: 60, deferred: 1, quarantined: 2 });
  });

  it('write nothing in a second run', async () => {
    const controls = new Controls(sandbox);
    await controls.forgetRequests();
    const second = await site.run('--all');
    expect(second.tasks.reduce((sum, { created, updated }) => sum + created + updated, 0)).to.equal(0);
    const writes = (await controls.requests()).filter(isWrite);
    expect(writes).to.deep.equal([]);
  });

  it('carry over what has changed in PSA, and put back what has been changed in F&O when asked to read everything', async () => {
    const [task] = await psaOf(sandbox).rows(`msdyn_projecttasks?$filter=msdyn_wbsid eq '1.1.2'&$top=1`);
    const id = String(task?.['msdyn_projecttaskid']);
    await psaOf(sandbox).update(`msdyn_projecttasks(${id})`, { msdyn_subject: 'Write them well', msdyn_effort: 44 });
    const changed = await site.run('--all');
    const updated = changed.tasks.filter((one) => one.updated > 0).map((one) => [one.task, one.updated]);
    expect(updated).to.deep.equal([
      ['project-tasks', 1],
      ['hour-estimates', 1],
    ]);

    const [estimate] = await tableOf(sandbox, 'ProjCDSEstimateExpensesImports');
    const { dataAreaId, EstimateLineId } = estimate as Row;
    const path = `ProjCDSEstimateExpensesImports(dataAreaId='${dataAreaId}',EstimateLineId=${EstimateLineId})`;
    await finopsOf(sandbox).update(`${path}?cross-company=true`, { Description: 'Somebody was here' });
    const full = await site.run('--all', '--full');
    expect(full.tasks.filter((one) => one.updated > 0).map((one) => one.task)).to.deep.equal(['expense-estimates']);
    await expectArrived(sandbox);
  });
});

describe('Rows in another order', function () {
  this.timeout(300_000);

  it('end up as the same rows: children may be read before their parents', async () => {
    const sandbox = await startSandbox({ scale: 1 });
    try {
      await linkCategories(sandbox);
      const relay = await startRelay(sandbox, 'psa', {
        answer: (body, { method }) => (method === 'GET' ? backwards(body) : body),
      });
      const site = new Site(sandbox, (rc) => {
        install(rc, 'contracts', 'tasks', 'hours', 'expenses', 'actuals');
        Object.assign(rc.connections.psa, relay.address);
      });
      const { balanced } = await site.run('--all');
      await relay.close();
      expect(balanced).to.equal(true);
      await expectArrived(sandbox);
    } finally {
      await sandbox.stop();
    }
  });
});

/** The rows of an answer, last first; numbers keep their digits. */
function backwards(body: string): string {
  const [, before, rows, after] = /^(\{[^]*?"value":\[)([^]*)(\][^\]]*)$/.exec(body) ?? [];
  if (rows === undefined || !rows.startsWith('{')) return body;
  return `${before}${rows
    .split(/,(?=\{"@odata\.etag")/)
    .reverse()
    .join(',')}${after}`;
}
