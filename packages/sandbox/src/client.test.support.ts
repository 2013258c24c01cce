import type { RunningSandbox, SandboxOptions } from './index.js';
import { startSandbox } from './index.js';

/** Parsed JSON of an answer, looked into without ceremony. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Json = any;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Json;
}

export interface Ask {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** Sends one request to a system; `path` is relative to its root, or a whole URL such as a next link. */
export type Send = (method: string, path: string, ask?: Ask) => Promise<Answer>;

export interface SandboxClient {
  readonly sandbox: RunningSandbox;
  readonly psa: Send;
  readonly finops: Send;
  /** `/sandbox/…`, without a token. */
  readonly control: (method: string, path: string, body?: unknown) => Promise<Answer>;
}

export async function startWithClient(options: SandboxOptions = { empty: true }): Promise<SandboxClient> {
  return clientOf(await startSandbox(options));
}

export async function clientOf(sandbox: RunningSandbox): Promise<SandboxClient> {
  return {
    sandbox,
    psa: sender(`${sandbox.psa.url}/api/data/v9.2/`, await tokenFor(sandbox, sandbox.psa.url)),
    finops: sender(`${sandbox.finops.url}/data/`, await tokenFor(sandbox, sandbox.finops.url)),
    control: (method, path, body) =>
      send(method, `${sandbox.psa.url}/sandbox/${path}`, body === undefined ? {} : { body }, {}),
  };
}

export async function tokenFor({ token, clientId, clientSecret }: RunningSandbox, resource: string): Promise<string> {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    scope: `${resource}/.default`,
  });
  const response = await fetch(token.url, { method: 'POST', body: form });
  const { access_token: accessToken } = (await response.json()) as { access_token: string };
  return accessToken;
}

export function sender(root: string, token: string): Send {
  return (method, path, ask = {}) =>
    send(method, path.startsWith('http') ? path : root + path, ask, { authorization: `Bearer ${token}` });
}

async function send(
  method: string,
  url: string,
  { body, headers }: Ask,
  standing: Record<string, string>,
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...standing,
      ...headers,
    },
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parsed(text) };
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A multipart batch of single operations and, as nested arrays, change sets. */
export function batchBody(operations: readonly (string | readonly string[])[]): Ask {
  const part = (operation: string, contentId?: number) =>
    `Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n` +
    `${contentId === undefined ? '' : `Content-ID: ${contentId}\r\n`}\r\n${operation}\r\n`;
  const wrapped = operations.map((operation) => {
    if (typeof operation === 'string') return part(operation);
    const inner = operation.map((each, index) => `--set\r\n${part(each, index + 1)}`).join('');
    return `Content-Type: multipart/mixed; boundary=set\r\n\r\n${inner}--set--\r\n`;
  });
  return {
    body: `${wrapped.map((each) => `--batch\r\n${each}`).join('')}--batch--\r\n`,
    headers: { 'content-type': 'multipart/mixed; boundary=batch' },
  };
}

/** An operation of a batch that sends JSON. */
export const operation = (method: string, path: string, body?: unknown): string =>
  body === undefined
    ? `${method} ${path} HTTP/1.1\r\nAccept: application/json\r\n\r\n`
    : `${method} ${path} HTTP/1.1\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(body)}`;

/** The status of every answer in a batch response, in order. */
export const statuses = ({ text }: Answer): number[] =>
  [...text.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => Number(status));

/** Terms of filters that are long and not deep, each with the operator that joins it to the next; none changes what is found. */
export const CHAINS: readonly [chain: string, terms: string][] = [
  ['or', '1+eq+2+or+'],
  ['and', '1+eq+1+and+'],
  ['and, or in turn', '1+eq+1+and+1+eq+2+or+'],
  ['or, and in turn, in parentheses', '(1+eq+2+or+1+eq+1)+and+'],
];

/** A chain of so many characters, ready for an address, which ends in a term that decides. */
export const chainOf = (terms: string, last: string, characters: number): string =>
  terms.repeat(Math.floor((characters - last.length) / terms.length)) + last;
