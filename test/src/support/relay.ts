import { createServer, request as send, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { RunningSandbox } from '@isthmus/sandbox';

/** A request that went through. */
export interface Passage {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

export interface Relay {
  /**
   * What a connection has in the place of the system's own addresses. Whatever a token is asked for here, it is one for
   * the system behind the relay.
   */
  readonly address: { readonly url: string; readonly tokenUrl: string };
  readonly passages: Passage[];
  close(): Promise<void>;
}

const TOKEN = '/token';

/** What a test does to the traffic. */
export interface Interference {
  /** Sees a request before the system does; false keeps it from getting there, and from being answered. */
  readonly request?: (passage: Passage) => boolean;
  /** May change the body of what comes back; the system has done its work. */
  readonly answer?: (body: string, passage: Passage) => string;
}

/** Stands before one system, so that a test sees what a client really sends. */
export async function startRelay(
  sandbox: RunningSandbox,
  system: 'psa' | 'finops',
  { request: admit = () => true, answer = (body) => body }: Interference = {},
): Promise<Relay> {
  const passages: Passage[] = [];
  const target = sandbox[system].url;
  let url = '';
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const passage = { method: incoming.method ?? '', path: incoming.url ?? '', body: await text(incoming) };
      const isToken = passage.path === TOKEN;
      if (!isToken && !admit(passage)) return void incoming.socket.destroy();
      const sent = isToken ? withScope(passage.body, `${target}/.default`) : passage.body;
      const coming = await pass(isToken ? sandbox.token.url : target + passage.path, incoming, sent);
      const { 'content-length': _old, 'transfer-encoding': _way, connection: _kept, ...headers } = coming.headers;
      const body = await text(coming);
      if (!isToken) passages.push(passage);
      outgoing.writeHead(coming.statusCode ?? 502, headers).end(isToken ? body : answer(body, passage));
    })();
  });
  // A failed test that leaves the relay open must not keep the process alive.
  server.on('connection', (socket) => socket.unref()).unref();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    address: { url, tokenUrl: url + TOKEN },
    passages,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function withScope(form: string, scope: string): string {
  const fields = new URLSearchParams(form);
  fields.set('scope', scope);
  return fields.toString();
}

function pass(url: string, { method, headers }: IncomingMessage, body: string): Promise<IncomingMessage> {
  const { host: _host, 'content-length': _length, 'transfer-encoding': _way, ...kept } = headers;
  return new Promise((resolve, reject) => {
    const outgoing = send(url, { method, headers: { ...kept, 'content-length': Buffer.byteLength(body) } }, resolve);
    outgoing.once('error', reject).end(body);
  });
}

/** The writes inside the batches that went through: method, address and what they carry. */
export function writesIn(passages: readonly Passage[]): { method: string; path: string; body: unknown }[] {
  return passages
    .filter(({ path }) => path.endsWith('$batch'))
    .flatMap(({ body }) => body.split(/^--batch_\S+$/m))
    .flatMap((part) => {
      const [, method = '', path = ''] = /^(POST|PATCH|PUT|DELETE) (\S+) HTTP/m.exec(part) ?? [];
      const [json] = /^\{.*\}$/m.exec(part) ?? ['null'];
      return method ? [{ method, path: decodeURIComponent(path), body: JSON.parse(json) as unknown }] : [];
    });
}
