import { systemClock, type Clock, type HealthCheck } from '@isthmus/core';
import { expect } from 'chai';
import type { TokenProvider } from '../auth/index.js';
import { errors } from '../errors.js';
import { clientOf, fixedToken, sendJson, startService, type Service } from '../fixture/service.test.util.js';
import { checkHealth } from './check-health.js';

const MINUTE = 60_000;

describe('The health of a connection', () => {
  let service: Service;
  beforeEach(async () => {
    service = await startService((_request, response) => sendJson(response, {}));
  });
  afterEach(() => service.stop());

  async function check(clock: Clock = systemClock, tokens = fixedToken(service.identity)): Promise<HealthCheck[]> {
    const client = clientOf(service, { retries: 0 });
    const checks = await checkHealth(client, tokens, clock, 'WhoAmI');
    await client.close();
    return checks;
  }
  const inMinutes = (minutes: number): Clock => ({ ...systemClock, now: () => Date.now() + minutes * MINUTE });
  const brief = (checks: readonly HealthCheck[]): string[] => checks.map(({ name, status }) => `${name} ${status}`);

  it('is good where the client is let in, the service answers and the clocks agree', async () => {
    expect(brief(await check())).to.deep.equal(['credentials ok', 'service ok', 'clock ok']);
    expect(service.requests.map(({ url }) => url)).to.deep.equal(['/data/WhoAmI']);
  });

  it('ends at the credentials where no token is issued', async () => {
    const refused: TokenProvider = {
      identity: 'nobody',
      token: () => Promise.reject(errors.ODATA_CREDENTIALS_MISSING({ connection: 'psa' })),
    };
    const checks = await check(systemClock, refused);
    expect(brief(checks)).to.deep.equal(['credentials failed']);
    expect(checks[0]).to.have.property('remedy').that.is.not.empty;
    expect(service.requests).to.deep.equal([]);
  });

  it('says what the service said where it refuses', async () => {
    service.handle = (_request, response) =>
      sendJson(response, { error: { code: '', message: 'The user is disabled.' } }, 403);
    const checks = await check();
    expect(brief(checks)).to.deep.equal(['credentials ok', 'service failed']);
    expect(checks[1]?.message).to.contain('The user is disabled.');
  });

  it('warns where the clocks are more than five minutes apart, and says which way', async () => {
    const ahead = (await check(inMinutes(7))).at(-1);
    expect(ahead).to.include({ name: 'clock', status: 'warning' });
    expect(ahead?.message).to.contain('7 minutes ahead of');
    expect((await check(inMinutes(-7))).at(-1)?.message).to.contain('7 minutes behind');
    expect((await check(inMinutes(4))).at(-1)?.status).to.equal('ok');
  });

  it('warns where the service does not tell the time', async () => {
    service.handle = (_request, response) => {
      response.sendDate = false;
      sendJson(response, {});
    };
    expect((await check()).at(-1)).to.include({ name: 'clock', status: 'warning' });
  });
});
