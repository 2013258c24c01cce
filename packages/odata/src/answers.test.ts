import { isIsthmusError } from '@isthmus/core';
import { expect } from 'chai';
import { serviceFailure } from './errors.js';
import {
  clientOf,
  failureOf,
  sendJson,
  startService,
  virtualClock,
  type Service,
} from './fixture/service.test.util.js';

describe('An answer that is a refusal', () => {
  let service: Service;
  beforeEach(async () => {
    service = await startService();
  });
  afterEach(() => service.stop());

  it('carries status, code, message and request id of the service', async () => {
    const body = { error: { code: '0x80060888', message: "Could not find a property named 'nmae'." } };
    service.handle = (_request, response) => sendJson(response, body, 400, { 'x-ms-service-request-id': 'r-1' });
    const client = clientOf(service);
    const failure = await failureOf(client.getJson('accounts?$select=nmae'));
    await client.close();
    expect(failure).to.include({ code: 'ODATA_REFUSED', recovery: 'fatal' });
    expect(failure.message).to.equal(
      `finops answered GET ${service.root}accounts?$select=nmae with 400 (0x80060888): Could not find a property named 'nmae'.`,
    );
    expect(isIsthmusError(failure) && failure.place).to.deep.equal({ connection: 'finops', requestId: 'r-1' });
    expect(serviceFailure(failure)).to.include({ status: 400, code: '0x80060888', requestId: 'r-1' });
  });

  it('can be described in the words of the service', async () => {
    const body = { error: { message: 'An error has occurred.', innererror: { message: 'Infolog: Error: No.' } } };
    service.handle = (_request, response) => sendJson(response, body, 500);
    const describeError = (status: number): { code: string; message: string } => ({
      code: `${status}`,
      message: 'No.',
    });
    const client = clientOf(service, { describeError });
    const failure = await failureOf(client.send({ method: 'POST', path: 'Customers', body: '{}' }));
    await client.close();
    expect(serviceFailure(failure)).to.include({ status: 500, code: '500', message: 'No.' });
  });

  it('for want of a right is told from one for want of a token', async () => {
    const client = clientOf(service);
    for (const [status, code] of [
      [401, 'ODATA_UNAUTHORISED'],
      [403, 'ODATA_FORBIDDEN'],
    ] as const) {
      service.handle = (_request, response) => sendJson(response, { error: { code: '', message: 'No.' } }, status);
      expect(await failureOf(client.getJson('accounts'))).to.include({ code });
    }
    await client.close();
  });
});

describe('An answer that is no data', () => {
  let service: Service;
  beforeEach(async () => {
    service = await startService();
  });
  afterEach(() => service.stop());

  const page = `<!DOCTYPE html><html><head><style>h1{}</style><title>Sign in</title></head><body><p>${'x'.repeat(500)}</p></body></html>`;

  for (const status of [200, 404]) {
    it(`says what a web page with status ${status} said, up to 200 characters`, async () => {
      service.handle = (_request, response) => response.writeHead(status, { 'content-type': 'text/html' }).end(page);
      const client = clientOf(service);
      const failure = await failureOf(client.getJson('accounts'));
      await client.close();
      expect(failure).to.include({ code: 'ODATA_WEB_PAGE' });
      expect(failure.message)
        .to.include(`(${status})`)
        .and.include(`Sign in ${'x'.repeat(192)}…`)
        .and.not.include('h1');
    });
  }

  it('may be a redirection to a sign-in page', async () => {
    service.handle = (_request, response) => response.writeHead(302, { location: 'https://login.example/' }).end();
    const client = clientOf(service);
    const failure = await failureOf(client.getJson('accounts'));
    await client.close();
    expect(serviceFailure(failure)).to.include({ status: 302 });
  });

  it('is called torn when its JSON breaks off, with its connection and its end', async () => {
    service.handle = (_request, response) => sendJson(response, '{"value":[{"name":"Contoso');
    const client = clientOf(service, { clock: virtualClock() });
    const failure = await failureOf(client.getJson('accounts'));
    await client.close();
    expect(failure).to.include({ code: 'ODATA_RETRIES_SPENT' });
    expect(failure.message).to.include('finops: GET').and.include('26 characters').and.include('"name":"Contoso');
    expect(failure.cause).to.include({ code: 'ODATA_BODY_TORN', recovery: 'retry' });
  });

  it('never passes for an empty list', async () => {
    service.handle = (_request, response) => sendJson(response, { message: 'welcome' });
    const client = clientOf(service);
    const failure = await failureOf(client.pages('accounts').next());
    await client.close();
    expect(failure).to.include({ code: 'ODATA_UNEXPECTED_SHAPE' });
  });
});

describe('The address of a service', () => {
  it('gets no token of another', async () => {
    const service = await startService((_request, response) => sendJson(response, {}));
    const client = clientOf(service);
    const failure = await failureOf(client.getJson('https://elsewhere.example/data/Customers'));
    expect(failure).to.include({ code: 'ODATA_OTHER_ORIGIN' });
    await client.getJson(`${service.root}Customers`);
    await client.close();
    await service.stop();
    expect(service.requests.map(({ url }) => url)).to.deep.equal(['/data/Customers']);
  });

  it('has to be a URL', async () => {
    const service = await startService();
    const wrong = async (): Promise<unknown> => clientOf({ ...service, root: 'contoso.crm.dynamics.com' });
    expect(await failureOf(wrong())).to.include({ code: 'ODATA_ROOT_INVALID' });
    await service.stop();
  });
});
