import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { SandboxedFolder, Service } from '../testing/index.js';

interface Message {
  readonly event: string;
  readonly kind: string;
  readonly subject: string;
}

interface Standing {
  readonly hits: number;
}

describe('isthmus start', function () {
  this.timeout(120_000);
  let folder: SandboxedFolder;
  let hook: Server;
  let messages: Message[];

  before(async () => {
    folder = await SandboxedFolder.create({ scale: 0.1 });
    hook = createServer(async (request, response) => {
      messages.push(JSON.parse(await text(request)) as Message);
      response.end();
    });
    await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
  });
  after(async () => {
    hook.close();
    await folder.stop();
  });
  beforeEach(() => (messages = []));
  afterEach(() => fault('DELETE'));

  const control = (method: string, faults?: readonly object[]) =>
    fetch(`${folder.sandbox.psa.url}/sandbox/faults`, {
      method,
      ...(faults ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(faults) } : {}),
    });
  const fault = (method: 'POST' | 'DELETE', ...faults: readonly object[]) =>
    control(method, method === 'POST' ? faults : undefined);

  const configure = (schedule: string, more = ''): void =>
    folder.configure(`    schedule: ${schedule}
service: { health: { port: 0 }, stopWithin: 1m }
notifications: { webhooks: [{ url: "http://127.0.0.1:${(hook.address() as AddressInfo).port}/" }] }
logging: { file: isthmus.log }
${more}`);
  /** A write has reached the destination, which has not answered it. */
  async function writeUnderWay(): Promise<void> {
    for (;;) {
      const faults = (await (await control('GET')).json()) as readonly Standing[];
      if (faults.some(({ hits }) => hits > 0)) return;
      await delay(50);
    }
  }
  const service = () => new Service({ cwd: folder.path, env: folder.env });
  const lines = (stdout: string) =>
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it('runs what has a schedule again and again, says how it is, and ends when told to', async () => {
    configure('{ every: 1s }');
    const running = service();
    const { health, integrations } = await running.until(({ event }) => event === 'service.started');
    expect(integrations).to.deep.equal(['contracts']);
    expect((await fetch(`${String(health)}/health`)).status).to.equal(200);
    await running.times('run.finished', 2);
    const ready = await fetch(`${String(health)}/ready`);
    expect([ready.status, await ready.text()]).to.deep.equal([200, await readyText(String(health))]);
    const { status, errors } = await running.stop();
    expect([status, running.events.at(-1)?.event]).to.deep.equal([0, 'service.stopped']);
    expect(errors).not.to.match(/Error|at .*\.js/);
    const runs = (await folder.isthmus('history', '--json')).json() as { run: string }[];
    expect(runs.map(({ run }) => run)).to.include.members(running.named('run.finished').map(({ run }) => run));
  });

  async function readyText(health: string): Promise<string> {
    const body = await (await fetch(`${health}/ready`)).text();
    expect(JSON.parse(body)).to.have.property('ready', true);
    return body;
  }

  it('never has two runs of an integration at once', async () => {
    configure('{ every: 1s }', 'store: { path: overlap.db }');
    await fault('POST', { system: 'psa', kind: 'latency', delay: 300 });
    const running = service();
    await running.times('run.finished', 2);
    await running.stop();
    const order = running.events.map(({ event }) => event).filter((event) => event.startsWith('run.'));
    expect(order.filter((event, index) => event === order[index - 1])).to.deep.equal([]);
  });

  it('tells once of what is wrong, however often it runs, and once when it is over', async () => {
    configure('{ every: 1s }', 'store: { path: incidents.db }');
    const running = service();
    await running.times('run.finished', 2);
    expect(
      messages.map(({ event, kind }) => [event, kind]),
      'the sample company has records that are held back',
    ).to.deep.equal([['opened', 'warning']]);
    await fault('POST', { system: 'psa', kind: 'status', status: 403 });
    await running.until(({ status }) => status === 'failed');
    await running.times('run.finished', running.named('run.finished').length + 2);
    await fault('DELETE');
    await running.until(({ event, status }) => event === 'run.finished' && status === 'warning' && messages.length > 2);
    await running.stop();
    expect(messages.map(({ event, kind }) => [event, kind])).to.deep.equal([
      ['opened', 'warning'],
      ['opened', 'failure'],
      ['recovered', 'failure'],
    ]);
    expect(messages[1]?.subject).to.match(/^contracts failed \([A-Z_]+\)$/);
  });

  it('stops between two batches of a run, and the next start makes up for what was missed', async () => {
    configure('{ cron: "0 0 1 1 *" }', 'store: { path: missed.db }');
    await folder.isthmus('run', '--json');
    const idle = service();
    await idle.until(({ event }) => event === 'service.started');
    await delay(500);
    expect((await idle.stop()).status).to.equal(0);
    expect(idle.named('run.started'), 'not due').to.deep.equal([]);

    configure('{ every: 2s }', 'store: { path: missed.db }');
    await delay(2000);
    await fault('POST', { system: 'psa', kind: 'latency', delay: 300 });
    const running = service();
    await running.until(({ event }) => event === 'run.started');
    const { status } = await running.stop();
    expect(status).to.equal(0);
    const [last] = (await folder.isthmus('history', '--json', '--limit', '1')).json() as Record<string, unknown>[];
    expect(last).to.have.nested.property('error.code', 'SERVICE_STOPPED');
  });

  it('leaves in time, although a write hangs', async () => {
    configure('{ every: 1s }', 'store: { path: overdue.db }');
    folder.write('.isthmusrc.yaml', folder.read('.isthmusrc.yaml').replace('stopWithin: 1m', 'stopWithin: 1s'));
    await fault('POST', { system: 'finops', kind: 'latency', delay: 60_000, set: '$batch', method: 'POST' });
    const running = service();
    await running.until(({ event }) => event === 'run.started');
    await writeUnderWay();
    const before = Date.now();
    const { status } = await running.stop();
    expect(Date.now() - before).to.be.below(15_000);
    expect(status).to.equal(1);
    expect(running.events.at(-1)).to.have.nested.property('error.code', 'SERVICE_STOP_OVERDUE');
  });

  it('needs a schedule', async () => {
    folder.configure();
    const { status, stderr } = await folder.isthmus('start');
    expect([status, stderr]).to.satisfy(() => status === 2 && stderr.includes('SERVICE_NOTHING_SCHEDULED'));
  });

  it('says by file and line what is wrong with a schedule', async () => {
    const wrong: [schedule: string, rule: RegExp][] = [
      ['{ cron: "61 * * * *" }', /cron expression of five parts.*Invalid value for minute: 61/],
      ['{ cron: "* * * * * *" }', /cron expression of five parts/],
      ['{ cron: "0 0 31 2 *" }', /its time never comes/],
      ['{ every: 15 minutes }', /length of time such as 30s, 15m/],
      ['{ every: 15m, cron: "0 6 * * *" }', /either `every` or `cron`/],
      ['{ every: 15m, missed: twice }', /missed must be one of the following values: once, skip/],
    ];
    const entries = wrong.map(
      ([schedule], number) =>
        `  wrong${number}: { template: projects-and-contracts, connectionSet: main, schedule: ${schedule} }`,
    );
    folder.configure(entries.join('\n'));
    const { status, stderr } = await folder.isthmus('start');
    expect(status).to.equal(2);
    for (const [number, [schedule, rule]] of wrong.entries()) {
      const where = new RegExp(`where: .*\\.isthmusrc\\.yaml:\\d+:\\d+ integrations\\.wrong${number}\\.schedule`);
      expect(stderr, schedule).to.match(where).and.to.match(rule);
    }
  });

  it('leaves its traces: the next run in `status`, everything in `audit`', async () => {
    configure('{ every: 1h }', 'store: { path: traces.db, actor: month-end }');
    const running = service();
    await running.times('run.finished', 1);
    await running.stop();
    const [status] = (await folder.isthmus('status', '--json')).json() as {
      nextRun: string;
      lastRun: { startedAt: string };
    }[];
    expect(Date.parse(status!.nextRun) - Date.parse(status!.lastRun.startedAt)).to.equal(3_600_000);
    expect((await folder.isthmus('status')).stdout).to.contain('next run');
    const entries = lines((await folder.isthmus('audit', '--json')).stdout);
    expect(entries.map(({ action }) => action)).to.deep.equal([
      'service.stopped',
      'run.finished',
      'run.started',
      'service.started',
    ]);
    expect(entries[2])
      .to.deep.include({ actor: 'month-end' })
      .and.to.have.nested.property('details.trigger', 'schedule');
  });
});
