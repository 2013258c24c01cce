import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { systemClock } from '@isthmus/core';
import { expect } from 'chai';
import {
  clientOf,
  failureOf,
  sendJson,
  startService,
  virtualClock,
  type Service,
} from '../fixture/service.test.util.js';
import { azureIdentity, clientCredentials, type ClientCredentialsOptions } from './index.js';

describe('Client credentials', () => {
  let identity: Service;
  let issued: number;
  beforeEach(async () => {
    issued = 0;
    identity = await startService((_request, response) => {
      sendJson(response, { token_type: 'Bearer', expires_in: 3600, access_token: `token-${++issued}` });
    });
  });
  afterEach(() => identity.stop());

  const provider = (options: Partial<ClientCredentialsOptions> = {}) =>
    clientCredentials({
      tokenUrl: `${identity.origin}/tenant/oauth2/v2.0/token`,
      clientId: 'client-1',
      clientSecret: 's3cr3t & more',
      scope: 'https://contoso.example/.default',
      clock: systemClock,
      connection: 'psa',
      ...options,
    });

  it('are sent as a form', async () => {
    expect(await provider().token()).to.equal('token-1');
    const [request] = identity.requests;
    expect(request).to.include({ method: 'POST', url: '/tenant/oauth2/v2.0/token' });
    expect(Object.fromEntries(new URLSearchParams(request?.body))).to.deep.equal({
      grant_type: 'client_credentials',
      client_id: 'client-1',
      client_secret: 's3cr3t & more',
      scope: 'https://contoso.example/.default',
    });
  });

  it('are asked for once by many, and again ahead of the end of the token', async () => {
    const clock = virtualClock();
    const tokens = provider({ clock });
    expect(await Promise.all([tokens.token(), tokens.token(), tokens.token()])).to.deep.equal(Array(3).fill('token-1'));
    await clock.sleep(3_299_000);
    expect(await tokens.token()).to.equal('token-1');
    await clock.sleep(1_000);
    expect(await tokens.token()).to.equal('token-2');
  });

  it('are asked for again when a token is refused, once for all that held it', async () => {
    const service = await startService(({ headers }, response) => {
      const good = headers.authorization === 'Bearer token-2';
      setTimeout(() => (good ? sendJson(response, { value: [] }) : sendJson(response, {}, 401)), 10);
    });
    const client = clientOf(service, { token: provider() });
    await Promise.all(['a', 'b', 'c', 'd'].map((path) => client.getJson(path)));
    await client.close();
    await service.stop();
    expect(issued).to.equal(2);
    expect(service.requests).to.have.length(8);
  });

  it('that lead to no accepted token end after one renewal', async () => {
    const service = await startService((_request, response) => sendJson(response, {}, 401));
    const client = clientOf(service, { token: provider() });
    expect(await failureOf(client.getJson('a'))).to.include({ code: 'ODATA_UNAUTHORISED' });
    await client.close();
    await service.stop();
    expect([issued, service.requests.length]).to.deep.equal([2, 2]);
  });

  it('are asked for again when the identity service was disturbed', async () => {
    const { handle } = identity;
    let disturbed = true;
    identity.handle = (request, response) => {
      if (disturbed) response.destroy();
      else handle(request, response);
      disturbed = false;
    };
    expect(await provider({ clock: virtualClock() }).token()).to.equal('token-1');
  });

  it('that are wrong end in the code and text of the identity service, without the secret', async () => {
    const description =
      'AADSTS7000215: Invalid client secret provided. Trace ID: 1-2 Correlation ID: 3-4 Timestamp: 2026-03-01';
    identity.handle = (_request, response) =>
      sendJson(response, { error: 'invalid_client', error_description: description, error_codes: [7000215] }, 401);
    const failure = await failureOf(provider().token());
    expect(failure).to.include({ code: 'ODATA_CREDENTIALS_REFUSED', recovery: 'fatal' });
    expect(failure.message).to.equal(
      'The identity service refused the credentials of connection psa (AADSTS7000215): Invalid client secret provided.',
    );
    expect(JSON.stringify(failure)).to.not.include('s3cr3t');
  });

  it('sent to something else than a token URL say so', async () => {
    identity.handle = (_request, response) => response.writeHead(404).end('<html><h1>Not here</h1></html>');
    const failure = await failureOf(provider().token());
    expect(failure).to.include({ code: 'ODATA_TOKEN_UNUSABLE' });
    expect(failure.message).to.include('404').and.include('Not here');
  });

  it('need a secret or a certificate', async () => {
    const failure = await failureOf(Promise.resolve().then(() => provider({ clientSecret: '' })));
    expect(failure).to.include({ code: 'ODATA_CREDENTIALS_MISSING' });
  });
});

describe('A certificate', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const sha1 = 'AB:CD'.padEnd(59, ':00');

  const provider = (tokenUrl: string, certificate: { privateKey: string; thumbprint: string }) =>
    clientCredentials({
      tokenUrl,
      clientId: 'client-1',
      scope: 's',
      certificate,
      clock: systemClock,
      connection: 'psa',
    });

  it('proves the client by a signed statement that names key, client and token URL', async () => {
    const identity = await startService((_request, response) =>
      sendJson(response, { access_token: 't', expires_in: 60 }),
    );
    const tokenUrl = `${identity.origin}/token`;
    await provider(tokenUrl, { privateKey: pem, thumbprint: sha1 }).token();
    await identity.stop();
    const form = new URLSearchParams(identity.requests[0]?.body);
    expect(form.get('client_assertion_type')).to.equal('urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    const [header = '', claims = '', signature = ''] = (form.get('client_assertion') ?? '').split('.');
    const read = (part: string): Record<string, unknown> => JSON.parse(Buffer.from(part, 'base64url').toString());
    expect(read(header)).to.deep.equal({
      alg: 'RS256',
      typ: 'JWT',
      x5t: Buffer.from(sha1.replaceAll(':', ''), 'hex').toString('base64url'),
    });
    expect(read(claims)).to.include({ aud: tokenUrl, iss: 'client-1', sub: 'client-1' });
    expect(Number(read(claims)['exp'])).to.be.within(Date.now() / 1000, Date.now() / 1000 + 601);
    const key = createPublicKey(publicKey.export({ type: 'spki', format: 'pem' }));
    expect(verify('RSA-SHA256', Buffer.from(`${header}.${claims}`), key, Buffer.from(signature, 'base64url'))).to.equal(
      true,
    );
  });

  it('that cannot be read is said so before any request, without showing the key', async () => {
    const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      .privateKey.export({ type: 'pkcs8', format: 'pem' })
      .toString();
    for (const [certificate, reason] of [
      [{ privateKey: 'not-a-key', thumbprint: sha1 }, ''],
      [{ privateKey: ec, thumbprint: sha1 }, 'its key is ec, not RSA'],
      [{ privateKey: pem, thumbprint: 'abc' }, 'its thumbprint is malformed'],
    ] as const) {
      const failure = await failureOf(Promise.resolve().then(() => provider('http://127.0.0.1:1/token', certificate)));
      expect(failure).to.include({ code: 'ODATA_CERTIFICATE_UNREADABLE' });
      expect(failure.message).to.include(reason).and.not.include('not-a-key');
    }
  });
});

describe('A credential of @azure/identity', () => {
  const options = {
    credential: 'ManagedIdentityCredential',
    settings: { clientId: 'c' },
    scope: 's',
    connection: 'psa',
  };
  const withClock = { ...options, clock: systemClock };

  it('is made with its settings when first needed, and its token is kept', async () => {
    const seen: unknown[] = [];
    class ManagedIdentityCredential {
      constructor(settings: unknown) {
        seen.push(settings);
      }
      getToken(scope: string): Promise<{ token: string; expiresOnTimestamp: number }> {
        seen.push(scope);
        return Promise.resolve({ token: 'managed', expiresOnTimestamp: Date.now() + 3_600_000 });
      }
    }
    const tokens = azureIdentity(withClock, () => Promise.resolve({ ManagedIdentityCredential }));
    expect([await tokens.token(), await tokens.token()]).to.deep.equal(['managed', 'managed']);
    expect(seen).to.deep.equal([{ clientId: 'c' }, 's']);
  });

  it('that is misspelt is named beside those there are', async () => {
    const tokens = azureIdentity(withClock, () => Promise.resolve({ AzureCliCredential: class {}, other: 1 }));
    const failure = await failureOf(tokens.token());
    expect(failure).to.include({ code: 'ODATA_CREDENTIAL_UNKNOWN' });
    expect(failure.message).to.include('no credential ManagedIdentityCredential').and.include('AzureCliCredential');
  });

  it('that has no token ends in what it says', async () => {
    class ManagedIdentityCredential {
      getToken = (): Promise<never> => Promise.reject(new RangeError('no managed identity here'));
    }
    const failure = await failureOf(
      azureIdentity(withClock, () => Promise.resolve({ ManagedIdentityCredential })).token(),
    );
    expect(failure).to.include({ code: 'ODATA_CREDENTIALS_REFUSED' });
    expect(failure.message).to.include('no managed identity here');
  });

  it('says how to install the package where it is missing', async () => {
    const failure = await failureOf(azureIdentity(withClock).token());
    expect(failure).to.include({ code: 'ODATA_PACKAGE_MISSING', remedy: 'npm install @azure/identity' });
  });
});
