import { EventBus, SecretVault, type Configuration } from '@isthmus/core';
import { expect } from 'chai';
import { Collector } from './fixtures/collector.js';
import { observed } from './index.js';

const SECRET = 'hunter22';
const scope = { integration: 'contracts', task: 'projects' };
const COUNTS = { read: 3, created: 2, updated: 0, unchanged: 1, filtered: 0, deferred: 0, quarantined: 0, deleted: 0 };
const request = { connection: 'finops', method: 'POST', url: `/data/$batch?key=${SECRET}`, durationMs: 20 };

describe('Telemetry', function () {
  this.timeout(60_000);
  let collector: Collector;
  let events: EventBus;
  beforeEach(async () => {
    collector = await Collector.start();
    events = new EventBus();
  });
  afterEach(() => collector.stop());

  const configured = (endpoint = collector.endpoint): Configuration => {
    const secrets = new SecretVault();
    secrets.add(SECRET);
    const settings = { endpoint, headers: { authorization: 'Bearer token' }, service: 'month-end' };
    return {
      secrets,
      logging: { level: 'debug' },
      sections: [{ name: 'telemetry', settings }],
    } as unknown as Configuration;
  };

  /** A run as the engine tells of it. */
  async function aRun(runId: string, inside: () => Promise<void> = async () => undefined): Promise<void> {
    const batch = { ...scope, runId, batch: 1, operations: 2 };
    await events.within({ runId }, async () => {
      events.emit('run.started', { runId, integrations: ['contracts'] });
      await events.within(scope, async () => {
        events.emit('task.started', { ...scope, runId, template: 't@1', mode: 'full' });
        events.emit('request.sent', { ...request, method: 'GET', connection: 'psa', status: 200 });
        events.emit('batch.started', batch);
        await events.within({ batch: 1 }, async () => {
          events.emit('request.failed', { ...request, reason: `no answer for ${SECRET}` });
          events.emit('request.retried', { ...request, attempt: 1, delayMs: 5, reason: 'no answer' });
          events.emit('request.sent', { ...request, status: 200 });
          await inside();
        });
        events.emit('batch.written', { ...batch, refused: 1, durationMs: 30 });
        events.emit('task.finished', { ...scope, runId, template: 't@1', durationMs: 50, ...COUNTS });
      });
      const tasks = [{ ...scope, template: 't@1', durationMs: 50, ...COUNTS }];
      events.emit('run.finished', { runId, status: 'succeeded', balanced: true, tasks });
    });
  }

  const observe = (configuration: Configuration, work: () => Promise<unknown>) => observed(configuration, events, work);

  it('traces run, task, batch and request, each within the other, also of two runs at once', async () => {
    await observe(configured(), () => Promise.all([aRun('run-1'), aRun('run-2')]));
    const spans = collector.spans();
    const nameOf = (id: string | undefined) => spans.find(({ spanId }) => spanId === id)?.name;
    const tree = spans.map(({ name, parentSpanId }) => `${nameOf(parentSpanId) ?? ''} > ${name}`).sort();
    const once = [
      ' > run',
      'batch > POST finops',
      'batch > POST finops',
      'run > task projects',
      'task projects > GET psa',
      'task projects > batch',
    ];
    expect(tree).to.deep.equal([...once, ...once].sort());
    expect(new Set(spans.map(({ traceId }) => traceId)).size).to.equal(2);
    for (const span of spans.filter(({ name }) => name === 'task projects')) {
      expect(span.attributes).to.include({ 'isthmus.integration': 'contracts', 'isthmus.template': 't@1' });
      expect(span.attributes).to.have.property('isthmus.created');
    }
  });

  it('counts and times', async () => {
    await observe(configured(), () => aRun('run-1'));
    const metrics = collector.of('/v1/metrics').join('\n');
    for (const name of ['runs', 'records', 'operations', 'task.duration', 'request.duration', 'request.retries']) {
      expect(metrics).to.contain(`"isthmus.${name}"`);
    }
  });

  it('logs every event with its particulars, tied to its span', async () => {
    await observe(configured(), () => aRun('run-1'));
    const logs = collector.of('/v1/logs').join('\n');
    expect(logs).to.contain('"task.finished"').and.to.contain('"request.retried"');
    const run = collector.spans().find(({ name }) => name === 'run');
    expect(logs).to.contain(run?.traceId);
  });

  it('names the installation, signs in, and tells no secret', async () => {
    await observe(configured(), () => aRun('run-1'));
    expect(collector.requests.map(({ path }) => path)).to.include.members(['/v1/traces', '/v1/metrics', '/v1/logs']);
    for (const { headers, body } of collector.requests) {
      expect(headers).to.include({ authorization: 'Bearer token' });
      expect(body).to.contain('month-end').and.not.to.contain(SECRET);
    }
  });

  it('shows what was cut off with a run that failed', async () => {
    await observe(configured(), () =>
      aRun('run-1', async () => {
        events.emit('run.finished', { runId: 'run-1', status: 'failed', balanced: true, tasks: [] });
      }),
    );
    const failed = collector.spans().filter(({ status }) => status.code === 2);
    expect(failed.map(({ name }) => name)).to.include.members(['run', 'task projects', 'batch']);
  });

  it('is nothing where no endpoint is configured', async () => {
    await observe({ sections: [] } as unknown as Configuration, () => aRun('run-1'));
    expect(events.eventNames()).to.deep.equal([]);
    expect(collector.requests).to.deep.equal([]);
  });

  describe('to a collector', () => {
    const notices: string[] = [];
    beforeEach(() => {
      notices.length = 0;
      events.on('notice', ({ message }) => notices.push(message));
    });

    it('that refuses is reported once, and stops nothing', async () => {
      collector.answer = (response) => void response.writeHead(401).end();
      await observe(configured(), () => aRun('run-1'));
      expect(notices).to.have.length(1);
      expect(notices[0]).to.contain('Telemetry could not be sent to http://127.0.0.1').and.not.to.contain(SECRET);
    });

    it('that hangs, or is not there, holds up the end by seconds only', async () => {
      collector.answer = () => undefined;
      const started = Date.now();
      await observe(configured(), () => aRun('run-1'));
      await observe(configured('http://127.0.0.1:9'), () => aRun('run-2'));
      expect(Date.now() - started).to.be.below(25_000);
      expect(notices).to.have.length(2);
    });
  });
});
