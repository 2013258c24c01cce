import type { Clock, EventBus } from '@isthmus/core';
import { errors } from '../errors.js';
import { Transport } from '../transport/index.js';
import { cachedTokens, type IssuedToken } from './cached-tokens.js';
import { clientAssertions, type Certificate } from './client-assertion.js';
import { readTokenAnswer } from './token-answer.js';
import type { TokenProvider } from './token-provider.js';

export interface ClientCredentialsOptions {
  /** For example `https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token`. */
  readonly tokenUrl: string;
  readonly clientId: string;
  /** `https://{host}/.default`, without a slash behind the host. */
  readonly scope: string;
  readonly clientSecret?: string;
  /** Used where there is no secret. */
  readonly certificate?: Certificate;
  readonly clock: Clock;
  /** Name of the connection, for errors and events. */
  readonly connection: string;
  readonly events?: EventBus;
}

/** OAuth 2.0's client credentials grant, by secret or by certificate. */
export function clientCredentials(options: ClientCredentialsOptions): TokenProvider {
  const { tokenUrl, clientId, scope, clock } = options;
  const proof = proofOf(options);

  async function obtain(): Promise<IssuedToken> {
    const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, scope, ...proof() });
    return post(form.toString(), options);
  }

  return cachedTokens(`${clientId} ${tokenUrl}`, clock, obtain);
}

function proofOf(options: ClientCredentialsOptions): () => Record<string, string> {
  const { tokenUrl, clientId, clientSecret, certificate, clock, connection } = options;
  if (clientSecret) return () => ({ client_secret: clientSecret });
  if (!certificate) throw errors.ODATA_CREDENTIALS_MISSING({ connection });
  const assertion = clientAssertions(certificate, connection, clock);
  return () => ({
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion(clientId, tokenUrl),
  });
}

/** Once an hour or so: no connection is kept for it. */
async function post(
  body: string,
  { tokenUrl, connection, clock, events }: ClientCredentialsOptions,
): Promise<IssuedToken> {
  if (!URL.canParse(tokenUrl)) throw errors.ODATA_ROOT_INVALID({ connection, root: tokenUrl });
  const transport = new Transport({
    connection,
    origin: new URL(tokenUrl).origin,
    identity: 'token',
    clock,
    events,
    concurrency: 1,
    readTimeoutMs: 30_000,
  });
  try {
    const headers = { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await transport.send({ method: 'POST', url: tokenUrl, headers, body, idempotent: true });
    return readTokenAnswer(answer, connection, clock.now());
  } finally {
    await transport.close();
  }
}
