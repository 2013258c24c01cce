import type { Dispatcher, Pool } from 'undici';
import type { Headers, Method } from '../request.js';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface RawRequest {
  readonly method: Method;
  /** Absolute. */
  readonly url: string;
  readonly headers: Headers;
  readonly body?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** One request, one answer, read to its end. Throws what the network throws. */
export async function exchange(pool: Pool, { method, url, headers, body, signal }: RawRequest): Promise<RawAnswer> {
  const path = url.slice(url.indexOf('/', url.indexOf('//') + 2));
  const options: Dispatcher.RequestOptions = { method, path, headers, body: body ?? null };
  if (signal) options.signal = signal;
  const answer = await pool.request(options);
  return { status: answer.statusCode, headers: flat(answer.headers), text: await answer.body.text() };
}

function flat(headers: Readonly<Record<string, string | string[] | undefined>>): Headers {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) result[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return result;
}
