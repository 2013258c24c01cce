import { defineErrors, error, isIsthmusError } from '@isthmus/core';

/** The request that an error speaks of; the URL without what might be secret. */
export interface Where {
  readonly connection: string;
  readonly method: string;
  readonly url: string;
}

/** What a service said when it refused. */
export interface ServiceFailure {
  readonly status: number;
  readonly message: string;
  /** The service's own error code. */
  readonly code?: string | undefined;
  readonly requestId?: string | undefined;
}

type Refusal = Where & ServiceFailure;

const refused = ({ connection, method, url, status, code, message }: Refusal): string =>
  `${connection} answered ${method} ${url} with ${status}${code ? ` (${code})` : ''}: ${message}`;

const seconds = (ms: number): string => `${Math.round(ms / 100) / 10} s`;

export const errors = defineErrors('@isthmus/odata', {
  ODATA_ROOT_INVALID: error<{ connection: string; root: string }>({
    recovery: 'fatal',
    message: ({ connection, root }) => `The URL of connection ${connection} is not one: ${root}`,
    cause: 'The root of a service has to be an absolute http or https URL.',
    remedy: 'Correct the url of the connection, for example https://contoso.crm.dynamics.com.',
  }),
  ODATA_OTHER_ORIGIN: error<{ connection: string; url: string; origin: string }>({
    recovery: 'fatal',
    message: ({ connection, url, origin }) => `${url} is not at ${origin}, where connection ${connection} belongs.`,
    cause: 'The token of a connection is sent to no other host.',
    remedy: 'Use a path relative to the service, or a connection of its own for the other host.',
  }),
  ODATA_UNREACHABLE: error<{ connection: string; host: string; port: string; code: string }>({
    recovery: 'fatal',
    message: ({ connection, host, port, code }) =>
      `Connection ${connection} cannot reach ${host}, port ${port} (${code}).`,
    cause:
      'The name of the host is unknown, nothing listens on the port, or the network does not let the request through.',
    remedy: ({ host, port }) =>
      `Check the url of the connection, then name resolution, proxy and firewall for ${host}:${port}.`,
  }),
  ODATA_TLS: error<{ connection: string; host: string; code: string; reason: string }>({
    recovery: 'fatal',
    message: ({ connection, host, code, reason }) =>
      `Connection ${connection}: no secure channel to ${host} (${code}): ${reason}`,
    cause:
      'The certificate of the host is not trusted, has expired or is for another name, or the port does not speak TLS.',
    remedy: 'Correct host and port; for a private authority set NODE_EXTRA_CA_CERTS to its certificate.',
  }),
  ODATA_ANSWER_LOST: error<Where & { reason: string }>({
    recovery: 'retry',
    message: ({ connection, method, url, reason }) => `${connection} gave no answer to ${method} ${url}: ${reason}`,
    cause:
      'The request went out and may have been carried out, but its answer never arrived; to send it again could do it twice.',
    remedy:
      'Run again: what is there already is looked up first. If it recurs, write smaller batches or allow more time.',
  }),
  ODATA_SYSTEM_DOWN: error<Where & { attempts: number; waitedMs: number; reason: string }>({
    recovery: 'fatal',
    message: ({ connection, method, url, attempts, waitedMs, reason }) =>
      `${connection} is down: ${method} ${url} failed ${attempts} time(s), with ${seconds(waitedMs)} of waiting in between, and no other request was answered. Last: ${reason}`,
    cause: 'The system is down, restarting, or cut off from here.',
    remedy: 'Run again when it is back: what was delivered is remembered, the rest follows, and nothing is done twice.',
  }),
  ODATA_BATCH_REFUSED: error<ServiceFailure & { connection: string; operations: number }>({
    recovery: 'retry',
    message: ({ connection, operations, status, code, message }) =>
      `${connection} refused a batch of ${operations} as a whole, with ${status}${code ? ` (${code})` : ''}: ${message}`,
    cause: 'The service, or a gateway before it, stumbles over something inside the batch and does not say over what.',
    remedy:
      'The batch is halved until the record at fault stands alone; correct that one. Where every record is refused so, check the url of the connection.',
  }),
  ODATA_TOO_LARGE: error<{ connection: string; characters: number }>({
    recovery: 'quarantine',
    message: ({ connection, characters }) =>
      `The record alone, ${characters} characters, is more than ${connection} takes in one request.`,
    cause: 'The service, or a gateway before it, limits the size of a request.',
    remedy: 'Shorten the long texts of the record in the source, or leave their fields out by an override.',
  }),
  ODATA_RETRIES_SPENT: error<Where & { attempts: number; waitedMs: number; reason: string }>({
    recovery: 'fatal',
    message: ({ connection, method, url, attempts, waitedMs, reason }) =>
      `${connection}: ${method} ${url} failed ${attempts} time(s), with ${seconds(waitedMs)} of waiting in between. Last: ${reason}`,
    cause: 'The service or the way to it was disturbed, or throttled this client, for longer than a request may wait.',
    remedy:
      'Run again later: what was delivered is remembered. Where throttling is the reason, lower the concurrency of the connection.',
  }),
  ODATA_CREDENTIALS_MISSING: error<{ connection: string }>({
    recovery: 'fatal',
    message: ({ connection }) => `Connection ${connection} has neither a client secret nor a certificate.`,
    cause: 'A client proves who it is by a secret or by a certificate.',
    remedy: 'Give the connection a client secret or a certificate.',
  }),
  ODATA_CREDENTIALS_REFUSED: error<{ connection: string; code: string; reason: string }>({
    recovery: 'fatal',
    message: ({ connection, code, reason }) =>
      `The identity service refused the credentials of connection ${connection} (${code}): ${reason}`,
    cause:
      'The tenant, the client id, its secret or certificate, or the scope (which follows from the URL) is wrong or has expired.',
    remedy:
      'Check `tenant`, `clientId` and `url` of the connection, and renew the secret or certificate in the app registration.',
  }),
  ODATA_TOKEN_UNUSABLE: error<{ connection: string; status: number; excerpt: string }>({
    recovery: 'fatal',
    message: ({ connection, status, excerpt }) =>
      `No token for connection ${connection}: the token URL answered ${status}: ${excerpt}`,
    cause: 'What answers at the token URL is not a token endpoint, or is disturbed.',
    remedy: 'Check the token URL of the connection.',
  }),
  ODATA_CERTIFICATE_UNREADABLE: error<{ connection: string; reason: string }>({
    recovery: 'fatal',
    message: ({ connection, reason }) => `The certificate of connection ${connection} cannot be used: ${reason}`,
    cause:
      'The private key has to be an unencrypted RSA key in PEM form; the thumbprint 40 (SHA-1) or 64 (SHA-256) hexadecimal digits.',
    remedy: 'Export the key as PEM, and copy the thumbprint that the app registration shows.',
  }),
  ODATA_PACKAGE_MISSING: error<{ connection: string; package: string }>({
    recovery: 'fatal',
    message: ({ connection, package: name }) =>
      `Connection ${connection} needs the package ${name}, which is not installed.`,
    cause: 'The package is large and of use to few, so it is not installed unless asked for.',
    remedy: ({ package: name }) => `npm install ${name}`,
  }),
  ODATA_CREDENTIAL_UNKNOWN: error<{ connection: string; credential: string; package: string; known: string }>({
    recovery: 'fatal',
    message: ({ connection, credential, package: name, known }) =>
      `Connection ${connection}: ${name} has no credential ${credential}. It has ${known}.`,
    cause: 'The credential is named by its class, in its exact spelling.',
    remedy: ({ known }) => `Use one of ${known}.`,
  }),
  ODATA_UNAUTHORISED: error<Refusal>({
    recovery: 'fatal',
    message: refused,
    cause: 'The service does not accept the token, not even a fresh one.',
    remedy: 'Check that the scope names this very service, and that the service knows the client id as a user.',
  }),
  ODATA_FORBIDDEN: error<Refusal>({
    recovery: 'fatal',
    message: refused,
    cause: 'The service knows the client, which has no right to do this.',
    remedy: "Give the client's user in the service a role that may do it.",
  }),
  ODATA_REFUSED: error<Refusal>({
    recovery: 'fatal',
    message: refused,
    cause: 'The service refused the request; code and message are its own.',
    remedy: 'Act on the message of the service; its support desk can find the request by its id.',
  }),
  ODATA_WEB_PAGE: error<{ status: number; excerpt: string }>({
    recovery: 'fatal',
    message: ({ status, excerpt }) => `A web page came (${status}) where data was expected: ${excerpt}`,
    cause: 'A gateway, a proxy or a sign-in page answered in place of the service.',
    remedy: 'Check the url of the connection; behind a gateway, wait until the service is up again.',
  }),
  ODATA_BODY_TORN: error<{ reason: string; length: number; ending: string }>({
    recovery: 'retry',
    message: ({ reason, length, ending }) =>
      `The answer is no complete JSON (${reason}). It has ${length} characters and ends: ${ending}`,
    cause: 'The answer was cut off on its way, or the service broke off while writing it, again and again.',
    remedy: 'Run again. If it recurs, ask for smaller pages or batches.',
  }),
  ODATA_UNEXPECTED_SHAPE: error<Where & { wanted: string }>({
    recovery: 'fatal',
    message: ({ connection, method, url, wanted }) =>
      `${connection} answered ${method} ${url} with something else than ${wanted}.`,
    cause: 'What answers is no OData version 4 service, or another resource than the one that was meant.',
    remedy: 'Check the url of the connection and the names of its entities.',
  }),
  ODATA_BATCH_TORN: error<Where & { operations: number; reason: string }>({
    recovery: 'retry',
    message: ({ connection, operations, reason }) =>
      `The answer of ${connection} to a batch of ${operations} cannot be read: ${reason}`,
    cause: 'The answer to a batch was cut off or is malformed, so it is not known what was carried out.',
    remedy: 'Run again: what is there already is looked up first. If it recurs, write smaller batches.',
  }),
  ODATA_METADATA_INVALID: error<{ connection: string; reason: string; line: number }>({
    recovery: 'fatal',
    message: ({ connection, reason, line }) => `The metadata of ${connection} cannot be read (line ${line}): ${reason}`,
    cause: 'What answers at $metadata is no complete OData version 4 schema.',
    remedy: 'Open the url of the connection with $metadata behind it, and check what answers there.',
  }),
  ODATA_LITERAL_INVALID: error<{ kind: string; value: string }>({
    recovery: 'quarantine',
    message: ({ kind, value }) => `Not a ${kind}: ${value}`,
    cause: 'The value was to become part of a query or key, where it would not have meant what it should.',
    remedy: 'Correct the value in the source, or map another field.',
  }),
});

const REFUSALS = new Set(['ODATA_UNAUTHORISED', 'ODATA_FORBIDDEN', 'ODATA_REFUSED']);

/** What the service, or a gateway in its place, said where `thrown` is a refusal of this package. */
export function serviceFailure(thrown: unknown): ServiceFailure | undefined {
  if (!isIsthmusError(thrown)) return undefined;
  if (REFUSALS.has(thrown.code)) return thrown.details as unknown as Refusal;
  if (thrown.code !== 'ODATA_WEB_PAGE') return undefined;
  const { status, excerpt } = thrown.details as { status: number; excerpt: string };
  return status < 400 ? undefined : { status, message: excerpt, requestId: thrown.place.requestId };
}
