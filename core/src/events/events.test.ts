import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { EventBus, type Activity } from './index.js';

const request = { connection: 'psa', method: 'GET', url: '/', status: 200, durationMs: 1 };

describe('An event', () => {
  it('belongs to the activity that it happens within, also where several go on at once', async () => {
    const events = new EventBus();
    const seen: [url: string, activity: Activity][] = [];
    events.on('request.sent', ({ url }) => seen.push([url, events.activity]));
    const send = async (url: string, ms: number) => {
      await delay(ms);
      events.emit('request.sent', { ...request, url });
    };
    await events.within({ runId: 'r1' }, async () => {
      const batches = [1, 2].map((batch) =>
        events.within({ integration: 'contracts', task: 'projects', batch }, () => send(`/batch-${batch}`, 9 - batch)),
      );
      await Promise.all([...batches, send('/read', 1)]);
    });
    await send('/outside', 0);
    expect(seen).to.have.deep.members([
      ['/read', { runId: 'r1' }],
      ['/batch-2', { runId: 'r1', integration: 'contracts', task: 'projects', batch: 2 }],
      ['/batch-1', { runId: 'r1', integration: 'contracts', task: 'projects', batch: 1 }],
      ['/outside', {}],
    ]);
  });
});
