import { subscribe } from 'node:diagnostics_channel';
import { closeSync, openSync, writeSync } from 'node:fs';

/** A request as it was sent. Loaded with `--import` into the command whose conversation is to be replayed. */
export interface CapturedRequest {
  readonly origin: string;
  readonly method: string;
  readonly path: string;
  /** Name, value, name, value, … */
  readonly headers: readonly string[];
  readonly body: string;
}

/** A file that was put into the storage of packages. */
export interface CapturedFile {
  readonly base64: string;
}

const file = process.env['ISTHMUS_BENCH_CAPTURE'];

if (file) {
  const handle = openSync(file, 'w');
  const keep = (what: CapturedRequest | CapturedFile): void => {
    writeSync(handle, `${JSON.stringify(what)}\n`);
  };
  subscribe('undici:request:create', (message) => {
    const { request } = message as { request: Omit<CapturedRequest, 'body'> & { body: unknown } };
    const { origin, method, path, headers, body } = request;
    const text = body instanceof Uint8Array ? Buffer.from(body).toString('utf8') : typeof body === 'string' ? body : '';
    // Files go by `fetch`, which has turned them into streams by now: they are kept below.
    if (method !== 'PUT') keep({ origin: String(origin), method, path, headers, body: text });
  });
  const send = globalThis.fetch;
  globalThis.fetch = (address, init) => {
    if (init?.body instanceof Uint8Array) keep({ base64: Buffer.from(init.body).toString('base64') });
    return send(address, init);
  };
  process.on('exit', () => closeSync(handle));
}
