import type { Clock } from '@isthmus/core';
import { errors } from '../errors.js';

/** Some 13 seconds in all, where nothing else is asked for. */
const ATTEMPTS = 7;
const FIRST_PAUSE = 200;

/**
 * The storage that packages and their error files lie in: another service than Finance & Operations, whose addresses carry
 * their own permission. What fails in passing is tried again: both operations may be repeated.
 */
export class PackageStorage {
  constructor(private readonly clock: Clock) {}

  /** @throws FINOPS_PACKAGE_UPLOAD */
  async put(url: string, bytes: Uint8Array): Promise<void> {
    const headers = { 'x-ms-blob-type': 'BlockBlob', 'content-type': 'application/zip' };
    await this.patiently(() => request(url, { method: 'PUT', headers, body: bytes }), errors.FINOPS_PACKAGE_UPLOAD);
  }

  /** @throws FINOPS_PACKAGE_DOWNLOAD */
  get(url: string): Promise<Buffer> {
    return this.patiently(() => request(url, {}), errors.FINOPS_PACKAGE_DOWNLOAD);
  }

  private async patiently(
    ask: () => Promise<Answer>,
    failure: typeof errors.FINOPS_PACKAGE_UPLOAD | typeof errors.FINOPS_PACKAGE_DOWNLOAD,
  ): Promise<Buffer> {
    for (let attempt = 1; ; attempt++) {
      const { body, reason, cause, isTransient, pause } = await ask();
      if (body) return body;
      if (!isTransient || attempt === ATTEMPTS) throw failure({ reason }, { cause });
      await this.clock.sleep(pause ?? FIRST_PAUSE * 2 ** (attempt - 1) * (0.5 + Math.random()));
    }
  }
}

/** The body, or why there is none. */
interface Answer {
  readonly body?: Buffer;
  readonly reason: string;
  readonly cause?: unknown;
  readonly isTransient: boolean;
  /** Milliseconds that the storage asks to wait. */
  readonly pause?: number;
}

async function request(url: string, init: RequestInit): Promise<Answer> {
  try {
    const { ok, status, headers, ...answer } = await read(url, init);
    if (ok) return { ...answer, reason: '', isTransient: false };
    const seconds = Number(headers.get('retry-after') ?? NaN);
    return {
      reason: `the answer was ${status}`,
      isTransient: status === 408 || status === 429 || status >= 500,
      ...(seconds >= 0 && { pause: seconds * 1000 }),
    };
  } catch (cause) {
    return { reason: 'the connection failed', cause, isTransient: true };
  }
}

/** To its end: a connection may fail in the middle of the body, too. */
async function read(url: string, init: RequestInit) {
  const answer = await fetch(url, init);
  const { ok, status, headers } = answer;
  return { ok, status, headers, body: Buffer.from(await answer.arrayBuffer()) };
}
