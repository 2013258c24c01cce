import { IsString } from 'class-validator';
import { randomUUID } from 'node:crypto';
import type { TokenAuthority } from './tokens.js';
import { LIFETIME } from './tokens.js';

/** An application with its secret. */
export class Client {
  @IsString()
  readonly clientId!: string;
  @IsString()
  readonly clientSecret!: string;
}

/** What a token is asked for with. */
export interface TokenRequest {
  readonly tenant: string;
  readonly version: 1 | 2;
  readonly form: URLSearchParams;
  readonly authorization: string | undefined;
}

export interface TokenResponse {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

interface Grant {
  readonly resource: string;
  readonly clientId: string;
}

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** A failure in Entra's words. */
interface Failure {
  readonly status: number;
  readonly error: string;
  readonly code: number;
  readonly text: string;
}

const failure = (status: number, error: string, code: number, text: string): Failure => ({ status, error, code, text });

/** The client credentials grant of both versions of the endpoint. */
export class ClientCredentials {
  /** URLs for which tokens are given. */
  readonly resources = new Set<string>();

  constructor(
    private readonly authority: TokenAuthority,
    private readonly clients: readonly Client[],
    private readonly wrongSecretStatus: 400 | 401 = 401,
  ) {}

  answer(request: TokenRequest): TokenResponse {
    const found = this.check(request);
    if ('error' in found) return tokenFailure(found.status, found.error, found.code, found.text);
    const { resource, clientId } = found;
    const token = this.authority.issue(resource, clientId);
    if (request.version === 2)
      return {
        status: 200,
        body: { token_type: 'Bearer', expires_in: LIFETIME, access_token: token },
      };
    const seconds = Math.floor(Date.now() / 1000);
    return {
      status: 200,
      body: {
        token_type: 'Bearer',
        expires_in: String(LIFETIME),
        ext_expires_in: String(LIFETIME),
        expires_on: String(seconds + LIFETIME),
        not_before: String(seconds),
        resource,
        access_token: token,
      },
    };
  }

  /** Whom a token may be given to and for which resource, or why not. */
  private check({ tenant, form, version, authorization }: TokenRequest): Grant | Failure {
    if (tenant !== this.authority.tenant) {
      return failure(
        400,
        'invalid_request',
        90002,
        `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID.`,
      );
    }
    const grant = form.get('grant_type');
    if (!grant) return missing('grant_type');
    if (grant !== 'client_credentials') {
      return failure(400, 'unsupported_grant_type', 70003, `The app requested an unsupported grant type '${grant}'.`);
    }
    const client = this.client(form, authorization);
    if ('error' in client) return client;
    const resource = this.resource(form, version);
    return typeof resource === 'string' ? { resource, clientId: client.clientId } : resource;
  }

  private client(form: URLSearchParams, authorization: string | undefined): Client | Failure {
    const named = basicCredentials(authorization);
    if (named === 'undecodable') return this.wrongSecret();
    const clientId = form.get('client_id') ?? named?.clientId;
    if (!clientId) return missing('client_id');
    const client = this.clients.find((each) => each.clientId === clientId);
    if (!client) {
      return failure(
        400,
        'unauthorized_client',
        700016,
        `Application with identifier '${clientId}' was not found in the directory.`,
      );
    }
    if (form.get('client_assertion_type') === ASSERTION_TYPE)
      return checkAssertion(form.get('client_assertion'), clientId) ?? client;
    const secret = form.get('client_secret') ?? named?.clientSecret;
    if (!secret) {
      return failure(
        401,
        'invalid_client',
        7000218,
        "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
      );
    }
    return secret === client.clientSecret ? client : this.wrongSecret();
  }

  private wrongSecret(): Failure {
    return failure(
      this.wrongSecretStatus,
      'invalid_client',
      7000215,
      'Invalid client secret provided. Ensure the secret being sent in the request is the client secret value.',
    );
  }

  private resource(form: URLSearchParams, version: 1 | 2): string | Failure {
    const name = version === 2 ? 'scope' : 'resource';
    const asked = form.get(name);
    if (!asked) return missing(name);
    if (version === 1) return this.known(asked);
    const scopes = asked.split(' ').filter(Boolean);
    const [scope = ''] = scopes;
    if (scopes.length > 1 || !scope.endsWith('/.default')) {
      return failure(
        400,
        'invalid_scope',
        70011,
        `The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope ${asked} is not valid.`,
      );
    }
    return this.known(scope.slice(0, -'/.default'.length));
  }

  private known(resource: string): string | Failure {
    if (this.resources.has(resource)) return resource;
    return failure(
      400,
      'invalid_resource',
      500011,
      `The resource principal named ${resource} was not found in the tenant.`,
    );
  }
}

const missing = (parameter: string): Failure =>
  failure(400, 'invalid_request', 900144, `The request body must contain the following parameter: '${parameter}'.`);

/** A failure as the endpoint puts it. @param code of Entra, without its letters */
export function tokenFailure(status: number, error: string, code: number, text: string): TokenResponse {
  const [trace, correlation] = [randomUUID(), randomUUID()];
  const timestamp = `${new Date().toISOString().slice(0, 19).replace('T', ' ')}Z`;
  return {
    status,
    body: {
      error,
      error_description: `AADSTS${code}: ${text} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
      error_codes: [code],
      timestamp,
      trace_id: trace,
      correlation_id: correlation,
    },
  };
}

/** What a basic header holds; both of its parts are percent-encoded. */
function basicCredentials(authorization: string | undefined): Client | 'undecodable' | undefined {
  if (!authorization?.startsWith('Basic ')) return undefined;
  const parts = Buffer.from(authorization.slice('Basic '.length), 'base64').toString().split(':');
  try {
    const [clientId = '', clientSecret = ''] = parts.map((part) => decodeURIComponent(part));
    return { clientId, clientSecret };
  } catch {
    return 'undecodable';
  }
}

/** Any certificate will do: the assertion must be a token of this client that has not run out. */
function checkAssertion(assertion: string | null, clientId: string): Failure | undefined {
  if (!assertion) return missing('client_assertion');
  const parts = assertion.split('.').slice(0, 2).map(readSegment);
  const [header, claims] = parts;
  if (assertion.split('.').length !== 3 || !header?.alg || !claims) {
    return failure(401, 'invalid_client', 50027, 'JWT token is invalid or malformed.');
  }
  if (claims.iss !== clientId || claims.sub !== clientId) {
    return failure(
      401,
      'invalid_client',
      700021,
      "Client assertion application identifier doesn't match client_id parameter.",
    );
  }
  if (Number(claims.exp) * 1000 > Date.now()) return undefined;
  return failure(401, 'invalid_client', 700024, 'Client assertion is not within its valid time range.');
}

function readSegment(segment: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(segment, 'base64url').toString());
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
