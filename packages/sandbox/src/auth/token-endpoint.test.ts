import { expect } from 'chai';
import type { Json, SandboxClient } from '../client.test.support.js';
import { sender, startWithClient, tokenFor } from '../client.test.support.js';

const segment = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('the token endpoint', () => {
  let client: SandboxClient;

  before(async () => {
    client = await startWithClient();
  });

  after(() => client.sandbox.stop());

  const ask = async (fields: Record<string, string>, url = client.sandbox.token.url, headers = {}) => {
    const response = await fetch(url, { method: 'POST', body: new URLSearchParams(fields), headers });
    return { status: response.status, json: (await response.json()) as Json };
  };

  const valid = (): Record<string, string> => ({
    grant_type: 'client_credentials',
    client_id: client.sandbox.clientId,
    client_secret: client.sandbox.clientSecret,
    scope: `${client.sandbox.psa.url}/.default`,
  });

  it('A1: gives a bearer token for one resource and an hour', async () => {
    const { status, json } = await ask(valid());
    expect(status).to.equal(200);
    expect(json).to.include({ token_type: 'Bearer', expires_in: 3599 });
    const claims = JSON.parse(Buffer.from(json.access_token.split('.')[1], 'base64url').toString());
    expect(claims).to.include({
      aud: client.sandbox.psa.url,
      appid: client.sandbox.clientId,
      tid: client.sandbox.tenant,
    });
  });

  it('A1: takes the client from a basic header as well', async () => {
    const { client_id: id, client_secret: secret, ...rest } = valid();
    const authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
    expect((await ask(rest, undefined, { authorization })).status).to.equal(200);
  });

  it('A1: refuses a basic header that cannot be decoded as it refuses a wrong secret', async () => {
    const { client_id: _id, client_secret: _secret, ...rest } = valid();
    for (const text of ['a:%', `${client.sandbox.clientId}:%zz`, '%E0%A4%A:secret']) {
      const authorization = `Basic ${Buffer.from(text).toString('base64')}`;
      const answer = await ask(rest, undefined, { authorization });
      expect([answer.status, answer.json.error], text).to.deep.equal([401, 'invalid_client']);
      expect(answer.json.error_codes).to.deep.equal([7000215]);
    }
  });

  describe('and a body that is no form', () => {
    const send = async (body: string, type?: string) => {
      const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type };
      const bytes = type === undefined ? Buffer.from(body) : body;
      const response = await fetch(client.sandbox.token.url, { method: 'POST', body: bytes, headers });
      return { status: response.status, json: (await response.json()) as Json };
    };
    const bodies: readonly [what: string, body: string, type: string | undefined, code: number][] = [
      ['JSON', '{"grant_type":"client_credentials"}', 'application/json', 900144],
      ['JSON that breaks off', '{"grant_type":', 'application/json', 900144],
      ['JSON that is empty', '', 'application/json', 900144],
      ['XML', '<grant_type/>', 'application/xml', 900144],
      ['plain text', 'grant_type=client_credentials', 'text/plain', 900144],
      ['of no type', 'grant_type=client_credentials', undefined, 900144],
      ['of a type that is none', 'grant_type=client_credentials', 'nonsense', 90023],
      ['endless', 'x'.repeat(2_000_000), 'application/x-www-form-urlencoded', 90023],
    ];
    for (const [what, body, type, code] of bodies) {
      it(`(${what}) is refused in the words of the endpoint, and noted down`, async () => {
        await client.control('DELETE', 'log');
        const { status, json } = await send(body, type);
        expect([status, json.error, json.error_codes]).to.deep.equal([400, 'invalid_request', [code]]);
        expect(json.error_description).to.match(new RegExp(`^AADSTS${code}: `));
        expect(json).to.include.keys('timestamp', 'trace_id', 'correlation_id');
        const log: Json[] = (await client.control('GET', 'log')).json;
        expect(log.map(({ system, status: noted }) => [system, noted])).to.deep.equal([['token', 400]]);
      });
    }
  });

  it('A1: takes a form whose content type names its character set', async () => {
    const type = { 'content-type': 'Application/x-www-form-urlencoded; charset=UTF-8' };
    expect((await ask(valid(), undefined, type)).status).to.equal(200);
  });

  it('A1: speaks the older version, which names a resource', async () => {
    const { scope: _scope, ...rest } = valid();
    const url = client.sandbox.token.url.replace('/v2.0', '');
    const { status, json } = await ask({ ...rest, resource: client.sandbox.finops.url }, url);
    expect(status).to.equal(200);
    expect(json).to.include({ expires_in: '3599', resource: client.sandbox.finops.url });
  });

  describe('with a certificate', () => {
    const assertion = (claims: Json) =>
      [segment({ alg: 'RS256', x5t: 'thumb' }), segment(claims), 'signature'].join('.');
    const withAssertion = (value: string) => {
      const { client_secret: _secret, ...rest } = valid();
      const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
      return ask({ ...rest, client_assertion_type: type, client_assertion: value });
    };
    const claims = (exp: number) => ({ iss: client.sandbox.clientId, sub: client.sandbox.clientId, exp });
    const soon = () => Math.floor(Date.now() / 1000) + 60;

    it('A1: takes a well-formed assertion of the client', async () => {
      expect((await withAssertion(assertion(claims(soon())))).status).to.equal(200);
    });

    it('refuses one that is malformed, of another client, or has run out', async () => {
      expect((await withAssertion('no token')).json.error_codes).to.deep.equal([50027]);
      expect((await withAssertion(assertion({ ...claims(soon()), iss: 'other' }))).json.error_codes).to.deep.equal([
        700021,
      ]);
      expect((await withAssertion(assertion(claims(1)))).json.error_codes).to.deep.equal([700024]);
    });
  });

  const refusals: readonly [
    string,
    (fields: Record<string, string>) => Record<string, string>,
    number,
    string,
    number,
  ][] = [
    ['a wrong secret', (fields) => ({ ...fields, client_secret: 'wrong' }), 401, 'invalid_client', 7000215],
    ['no secret', ({ client_secret: _secret, ...fields }) => fields, 401, 'invalid_client', 7000218],
    ['an unknown client', (fields) => ({ ...fields, client_id: 'x' }), 400, 'unauthorized_client', 700016],
    ['another grant', (fields) => ({ ...fields, grant_type: 'password' }), 400, 'unsupported_grant_type', 70003],
    ['a scope without /.default', (fields) => ({ ...fields, scope: 'read' }), 400, 'invalid_scope', 70011],
    [
      'scopes of two resources',
      (fields) => ({ ...fields, scope: `${fields.scope} https://x/.default` }),
      400,
      'invalid_scope',
      70011,
    ],
    ['an unknown resource', (fields) => ({ ...fields, scope: 'https://x/.default' }), 400, 'invalid_resource', 500011],
    [
      'a host with a slash behind it (A1)',
      (fields) => ({ ...fields, scope: String(fields.scope).replace('/.default', '//.default') }),
      400,
      'invalid_resource',
      500011,
    ],
    ['a missing scope', ({ scope: _scope, ...fields }) => fields, 400, 'invalid_request', 900144],
  ];
  for (const [what, change, status, error, code] of refusals) {
    it(`refuses ${what}`, async () => {
      const answer = await ask(change(valid()));
      expect(answer.status).to.equal(status);
      expect(answer.json).to.include({ error });
      expect(answer.json.error_codes).to.deep.equal([code]);
      expect(answer.json.error_description).to.match(new RegExp(`^AADSTS${code}: `));
      expect(answer.json).to.include.keys('timestamp', 'trace_id', 'correlation_id');
    });
  }

  it('A1: may answer a wrong secret with 400', async () => {
    const other = await startWithClient({ empty: true, wrongSecretStatus: 400 });
    const { sandbox } = other;
    const fields = { ...valid(), client_secret: 'wrong', scope: `${sandbox.psa.url}/.default` };
    const { status, json } = await ask(fields, sandbox.token.url);
    await sandbox.stop();
    expect([status, json.error]).to.deep.equal([400, 'invalid_client']);
  });

  it('does not know other tenants', async () => {
    const url = client.sandbox.token.url.replace(client.sandbox.tenant, 'other');
    expect((await ask(valid(), url)).json.error_codes).to.deep.equal([90002]);
  });

  it('guards both systems: no token, a false one and one for the other system are refused', async () => {
    const { sandbox } = client;
    const roots = [`${sandbox.psa.url}/api/data/v9.2/`, `${sandbox.finops.url}/data/`] as const;
    for (const root of roots) {
      const bare = await fetch(root);
      expect(bare.status).to.equal(401);
      expect(bare.headers.get('www-authenticate')).to.match(/^Bearer/);
      expect((await sender(root, 'false')('GET', '')).status).to.equal(401);
    }
    const other = await sender(roots[0], await tokenFor(sandbox, sandbox.finops.url))('GET', '');
    expect([other.status, other.text]).to.satisfy(
      ([status, text]: [number, string]) => status === 401 && text.includes('another resource'),
    );
  });
});
