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

const file = process.env['ISTHMUS_BENCH_CAPTURE'];

if (file) {
  const handle = openSync(file, 'w');
  subscribe('undici:request:create', (message) => {
    const { request } = message as { request: Omit<CapturedRequest, 'body'> & { body: Uint8Array | string | null } };
    const { origin, method, path, headers, body } = request;
    const text = body === null ? '' : typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
    writeSync(handle, `${JSON.stringify({ origin: String(origin), method, path, headers, body: text })}\n`);
  });
  process.on('exit', () => closeSync(handle));
}
