import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { tableOf } from '../support/finops.js';
import { linkCategories } from '../support/categories.js';
import { startRelay, type Relay } from '../support/relay.js';
import type { HeldLine } from '../support/run-result.js';
import { psaOf, type Row } from '../support/service.js';
import { Site } from '../support/site.js';
import { install } from '../support/templates.js';

const NO_ID = '00000000-0000-0000-0000-000000000000';
/** Nobody has a task with this id. */
const GONE = 'c0000000-0000-4000-8000-000000000001';

describe('An actual whose task was deleted in PSA', function () {
  this.timeout(240_000);
  let sandbox: RunningSandbox;
  let relay: Relay;
  let site: Site;
  let dangling: string;
  let mended = false;

  before(async () => {
    sandbox = await startSandbox({ scale: 0.1 });
    await linkCategories(sandbox);
    dangling = (await actualsWithTask())[0]?.id ?? '';
    // PSA itself clears the lookup; an actual that still names the task was written while it was being deleted.
    const row = new RegExp(`\\{[^{}]*"msdyn_actualid":"${dangling}"[^]*?(?=\\{"@odata.etag|\\]\\})`, 'g');
    relay = await startRelay(sandbox, 'psa', {
      answer: (body) =>
        mended ? body : body.replace(row, (text) => text.replace(/("_msdyn_task_value":")[^"]*/, `$1${GONE}`)),
    });
    site = new Site(sandbox, (rc) => {
      install(rc, 'contracts', 'tasks', 'actuals');
      Object.assign(rc.connections.psa, relay.address);
    });
    await site.run('--all');
  });
  after(async () => {
    await relay.close();
    await sandbox.stop();
  });

  async function actualsWithTask(): Promise<{ id: string; task: string }[]> {
    const rows = await psaOf(sandbox).rows('msdyn_actuals?$filter=_msdyn_task_value ne null');
    return rows.map((row) => ({ id: String(row['msdyn_actualid']), task: String(row['_msdyn_task_value']) }));
  }
  const arrived = async (id: string): Promise<Row | undefined> =>
    (await tableOf(sandbox, 'ProjCDSActualsImports')).find((row) => row['ActualId'] === id);
  const heldLine = async (id: string): Promise<HeldLine | undefined> =>
    (await site.isthmus('errors', '--json')).jsonLines<HeldLine>().find(({ sourceId }) => sourceId === id);

  it('waits where it still names the task, and says which one; the others go on', async () => {
    const line = await heldLine(dangling);
    expect(line).to.include({ state: 'deferred', code: 'RECORD_WAITS', task: 'actuals' });
    expect(line?.waitsFor).to.include({ task: 'project-tasks', key: GONE });
    expect(line?.errors[0]?.message).to.match(new RegExp(`waits for ${GONE} of the task project-tasks`));
    expect(line?.errors[0]?.remedy).to.match(/by itself/);
    expect(await arrived(dangling)).to.equal(undefined);
    expect((await tableOf(sandbox, 'ProjCDSActualsImports')).length).to.be.greaterThan(10);
  });

  it('comes by itself once PSA has given it a task that there is', async () => {
    mended = true;
    await psaOf(sandbox).update(`msdyn_actuals(${dangling})`, { msdyn_description: 'Put right' });
    await site.run('--all');
    expect(await heldLine(dangling)).to.equal(undefined);
    expect(await arrived(dangling)).to.include({ Description: 'Put right' });
    expect((await arrived(dangling))?.['TaskId']).not.to.equal(NO_ID);
  });

  it('loses the task in F&O too where PSA has cleared the lookup', async () => {
    const [{ id, task }] = (await actualsWithTask()).slice(-1) as [{ id: string; task: string }];
    await psaOf(sandbox).remove(`msdyn_projecttasks(${task})`);
    await site.run('--all');
    expect((await arrived(id))?.['TaskId']).to.equal(NO_ID);
    expect(await heldLine(id)).to.equal(undefined);
  });
});
