import { setTimeout as pause } from 'node:timers/promises';
import { startSandbox, type Fault, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { Controls } from '../support/controls.js';
import { wholeTables } from '../support/finops.js';
import { totalsOf, type RunResult } from '../support/run-result.js';
import { Site } from '../support/site.js';
import { withSandbox } from '../support/with-sandbox.js';

/** Faults that pass, each with what it stands for. */
const PASSING: readonly (readonly [what: string, faults: readonly Fault[]])[] = [
  ['PSA answers 503 twice', [{ system: 'psa', kind: 'status', status: 503, times: 2 }]],
  ['PSA drops the connection', [{ system: 'psa', kind: 'drop-before', set: 'msdyn_projects', times: 2 }]],
  ['a gateway answers for PSA', [{ system: 'psa', kind: 'html', status: 502, times: 1 }]],
  [
    'F&O drops the connection before it has written',
    [{ system: 'finops', kind: 'drop-before', set: '$batch', times: 1 }],
  ],
  ['F&O writes, and its answer is lost', [{ system: 'finops', kind: 'drop-after', set: '$batch', times: 1 }]],
  ['F&O writes, and its answer breaks off', [{ system: 'finops', kind: 'torn', set: '$batch', times: 1 }]],
  ['F&O writes, and half of its answer is lost', [{ system: 'finops', kind: 'half', set: '$batch', times: 1 }]],
  [
    'a gateway gives up on a write of F&O',
    [{ system: 'finops', kind: 'status', status: 504, set: '$batch', times: 1 }],
  ],
  ['the token endpoint answers 503', [{ system: 'token', kind: 'status', status: 503, times: 1 }]],
  ['a gateway answers for the token endpoint', [{ system: 'token', kind: 'html', times: 1 }]],
  ['the answer with a token breaks off', [{ system: 'token', kind: 'torn', times: 1 }]],
];

describe('A run that is disturbed', () => {
  let undisturbed: Awaited<ReturnType<typeof wholeTables>>;
  let sandbox: RunningSandbox;
  let controls: Controls;
  let site: Site;

  before(() =>
    withSandbox({ scale: 0.1 }, async (other) => {
      await new Site(other).run();
      undisturbed = await wholeTables(other);
    }),
  );

  beforeEach(async () => {
    sandbox = await startSandbox({ scale: 0.1 });
    controls = new Controls(sandbox);
    site = new Site(sandbox);
  });

  afterEach(() => sandbox.stop());

  for (const [what, faults] of PASSING) {
    it(`delivers everything once where ${what}`, async () => {
      await controls.disturb(...faults);
      const result = await site.run();
      expect(result.error?.message).to.equal(undefined);
      expect(result.status).to.equal('warning');
      expect(totalsOf(result)).to.include({ updated: 0, unchanged: 0 });
      expect(await wholeTables(sandbox)).to.deep.equal(undisturbed);
    });
  }

  for (const { system, set } of [
    { system: 'psa', set: 'salesorders' },
    { system: 'finops', set: '$batch' },
  ] as const) {
    it(`leaves ${system} in peace for as long as its 429 asks, and succeeds`, async () => {
      const seconds = 2;
      await controls.disturb({ system, kind: 'status', status: 429, retryAfter: seconds, set, times: 1 });
      const result = await site.run();
      expect(result.status).to.equal('warning');
      expect(await wholeTables(sandbox)).to.deep.equal(undisturbed);

      const requests = (await controls.requests()).filter((request) => request.system === system);
      const throttled = requests.findIndex(({ status }) => status === 429);
      const [refused, next] = requests.slice(throttled, throttled + 2);
      const waited = Date.parse(next?.ts ?? '') - Date.parse(refused?.ts ?? '');
      expect(waited).to.be.at.least(seconds * 1000);
    });
  }

  it('that stays disturbed fails with a reason, and the next one goes on from there', async () => {
    await controls.disturb({ system: 'finops', kind: 'status', status: 500, set: '$batch', times: 1000 });
    const ended = await site.isthmus('run', '--json');
    expect(ended.status).to.equal(1);
    expect(ended.json<RunResult>().error?.code).to.match(/^[A-Z]+(_[A-Z]+)+$/);
    await controls.calm();
    expect(await site.run()).to.include({ status: 'warning', balanced: true });
    expect(await wholeTables(sandbox)).to.deep.equal(undisturbed);
  });

  it('because F&O goes down in the middle ends with one error that says so; nothing sound is quarantined', async () => {
    const held = totalsOf(await withSandbox({ scale: 0.1 }, (other) => new Site(other).run())).quarantined;
    await controls.disturb({ system: 'finops', kind: 'drop-before', after: 12 });
    const ended = await site.isthmus('run', '--json');
    const broken = ended.json<RunResult>();
    expect([ended.status, broken.error?.code]).to.deep.equal([1, 'ODATA_SYSTEM_DOWN']);
    expect(broken.error?.message).to.match(/^finops is down: /);
    expect(totalsOf(broken).quarantined).to.be.at.most(held);
    await controls.calm();
    expect(await site.run()).to.include({ status: 'warning', balanced: true });
    expect(await wholeTables(sandbox)).to.deep.equal(undisturbed);
  }).timeout(120_000);

  it('because F&O answers 500 to everything ends the same way: one error, nothing quarantined for it, no checkpoint moved', async () => {
    const held = totalsOf(await withSandbox({ scale: 0.1 }, (other) => new Site(other).run())).quarantined;
    await controls.disturb({ system: 'finops', kind: 'status', status: 500, after: 12 });
    const ended = await site.isthmus('run', '--json');
    const broken = ended.json<RunResult>();
    expect([ended.status, broken.error?.code]).to.deep.equal([1, 'ODATA_SYSTEM_DOWN']);
    expect(broken.error?.message).to.match(/^finops is down: .*The service answered 500\./);
    expect(totalsOf(broken).quarantined).to.be.at.most(held);
    await controls.calm();
    expect(await site.run()).to.include({ status: 'warning', balanced: true });
    expect(await wholeTables(sandbox)).to.deep.equal(undisturbed);
  }).timeout(120_000);

  it('by another process on the same store gives way to it: nothing is written twice, and the store stays whole', async () => {
    await controls.disturb({ system: 'finops', kind: 'latency', delay: 1500, set: '$batch', times: 1 });
    const ended = await Promise.all([site.isthmus('run', '--json'), site.isthmus('run', '--json')]);
    const [done, refused] = ended.sort((a, b) => (b.status ?? 0) - (a.status ?? 0));
    expect([done?.status, refused?.status]).to.deep.equal([3, 1]);
    expect(refused?.json<RunResult>().error?.code).to.equal('INTEGRATION_BUSY');
    expect(await wholeTables(sandbox)).to.deep.equal(undisturbed);
    expect(totalsOf(await site.run())).to.include({ created: 0, updated: 0 });
    expect((await site.isthmus('history', '--json')).json<unknown[]>()).to.have.length(2);
  });

  it('by its user stops after the batch under way, and the next one goes on from there', async () => {
    await controls.disturb({ system: 'finops', kind: 'latency', delay: 1000, set: '$batch', times: 1 });
    const run = site.start('run', '--json');
    const isWriting = async (): Promise<boolean> =>
      (await controls.requests()).some(({ url }) => /ProjCDSProjectContracts\?.*top=1/.test(url));
    while (!(await isWriting())) await pause(50);
    run.kill('SIGINT');
    const ended = await run.ended;
    expect(ended.status).to.equal(1);
    expect(ended.json<RunResult>()).to.nested.include({ status: 'failed', 'error.code': 'RUN_CANCELLED' });
    expect(await site.run()).to.include({ status: 'warning', balanced: true });
    expect(await wholeTables(sandbox)).to.deep.equal(undisturbed);
  });
});
