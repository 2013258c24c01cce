import { EventBus, type Clock } from '@isthmus/core';
import { expect } from 'chai';
import { MailServer, Receiver, temporaryStore } from '../fixtures/index.js';
import type { Notification } from '../watch/index.js';
import { channelsOf, Notifier } from './index.js';

const MINUTE = 60_000;
const notification: Notification = {
  event: 'opened',
  kind: 'failure',
  integration: 'contracts',
  since: '2026-03-01T10:00:00.000Z',
  at: '2026-03-01T10:00:00.000Z',
  run: '20260301-090000-3fa9',
  subject: 'contracts failed (ODATA_UNREACHABLE)',
  text: 'Run 20260301-090000-3fa9 has failed.\nÄnderung nötig.',
};

describe('A notification', () => {
  const store = temporaryStore();
  let mails: MailServer;
  let hook: Receiver;
  let now: number;
  let notices: string[];
  const clock: Clock = { now: () => now, sleep: async () => undefined };

  beforeEach(async () => {
    now = Date.parse(notification.at);
    notices = [];
    mails = await MailServer.start();
    hook = await Receiver.start();
  });
  afterEach(() => Promise.all([mails.stop(), hook.stop()]));

  const notifier = (): Notifier => {
    const events = new EventBus();
    events.on('notice', ({ message }) => notices.push(message));
    const smtp = { host: '127.0.0.1', port: mails.port, secure: false };
    const channels = channelsOf({
      on: ['failure'],
      email: { from: 'isthmus@contoso.com', to: ['finance@contoso.com', 'it@contoso.com'], smtp },
      webhooks: [{ url: hook.url, headers: { authorization: 'Bearer hunter22' } }],
    });
    const redact = (text: string) => text.replaceAll('hunter22', '••••');
    return new Notifier({ store: store(), clock, events, channels, redact });
  };
  const post = (...channels: string[]) =>
    store().incidents.open(
      { integration: 'contracts', kind: 'failure', since: notification.since },
      channels.map((channel) => ({ channel, message: { ...notification } })),
    );

  it('comes as one e-mail to every recipient, and to the web hook as JSON with its headers', async () => {
    await post('email', 'webhook 1');
    await notifier().deliver();
    expect(mails.mails).to.have.length(1);
    expect(mails.mails[0]).to.include({ from: 'isthmus@contoso.com' });
    expect(mails.mails[0]?.to).to.deep.equal(['finance@contoso.com', 'it@contoso.com']);
    expect(mails.mails[0]?.content).to.contain('Subject: Isthmus: contracts failed (ODATA_UNREACHABLE)');
    expect(hook.received.map(({ body }) => body)).to.deep.equal([notification]);
    expect(hook.received[0]?.headers).to.include({ authorization: 'Bearer hunter22' });
  });

  it('is delivered once', async () => {
    await post('email', 'webhook 1');
    for (let hours = 0; hours < 3; hours++, now += 60 * MINUTE) await notifier().deliver();
    expect([mails.mails.length, hook.received.length]).to.deep.equal([1, 1]);
  });

  it('that the mail server refuses is kept, said, and sent when it takes it; the other channel is not told twice', async () => {
    mails.refuses = true;
    await post('email', 'webhook 1');
    await notifier().deliver();
    expect(notices).to.have.length(1);
    expect(notices[0]).to.match(/'contracts failed .*' could not be sent by email \(attempt 1\): .*mailbox is closed/);
    mails.refuses = false;
    now += MINUTE - 1;
    await notifier().deliver();
    expect(mails.mails, 'not before its time').to.have.length(0);
    now += 1;
    await notifier().deliver();
    expect([mails.mails.length, hook.received.length]).to.deep.equal([1, 1]);
  });

  it('that a web hook refuses, without end, is tried ever more seldom', async () => {
    hook.answer = (response) => void response.writeHead(500).end();
    await post('webhook 1');
    for (let minutes = 0; minutes < 180; minutes++, now += MINUTE) await notifier().deliver();
    expect(hook.received).to.have.length.within(7, 9);
    expect(notices[0]).to.contain('status 500');
  });

  it('to a web hook that hangs is given up in time, and holds up no other', async function () {
    this.timeout(60_000);
    hook.answer = () => undefined;
    await post('email', 'webhook 1');
    await notifier().deliver();
    expect(mails.mails).to.have.length(1);
    expect(notices).to.deep.equal([
      "'contracts failed (ODATA_UNREACHABLE)' could not be sent by webhook 1 (attempt 1): there was no answer in time",
    ]);
  });

  it('to a host that is not there says so, without secrets', async () => {
    await post('webhook 1');
    const alone = notifier();
    await hook.stop();
    await alone.deliver();
    expect(notices[0]).to.contain('ECONNREFUSED');
    hook = await Receiver.start();
  });

  it('for a channel that is no longer configured is dropped', async () => {
    await post('webhook 9');
    await notifier().deliver();
    expect(await store().incidents.take(now + 1000 * MINUTE, () => 0)).to.deep.equal([]);
  });
});
