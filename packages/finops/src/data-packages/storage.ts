import type { Clock } from '@isthmus/core';
import { backoffMs, retryAfterMs } from '@isthmus/odata';
import { errors } from '../errors.js';

/** A quarter of a minute in all, where nothing else is asked for. */
const ATTEMPTS = 7;

/**
 * The storage that packages and their error files lie in: another service than Finance & Operations, whose addresses carry
 * their own permission. What fails in passing is tried again: both operations may be repeated.
 */
export class PackageStorage {
  constructor(private readonly clock: Clock) {}

  /** @throws FINOPS_PACKAGE_UPLOAD */
  async put(url: string, bytes: Uint8Array): Promise<void> {
    const headers = { 'x-ms-blob-type': 'BlockBlob', 'content-type': 'application/zip' };
    await this.patiently(
      () => this.request(url, { method: 'PUT', headers, body: bytes }),
      errors.FINOPS_PACKAGE_UPLOAD,
    );
  }

  /** @throws FINOPS_PACKAGE_DOWNLOAD */
  get(url: string): Promise<Buffer> {
    return this.patiently(() => this.request(url, {}), errors.FINOPS_PACKAGE_DOWNLOAD);
  }

  private async patiently(
    ask: () => Promise<Answer>,
    failure: typeof errors.FINOPS_PACKAGE_UPLOAD | typeof errors.FINOPS_PACKAGE_DOWNLOAD,
  ): Promise<Buffer> {
    for (let attempt = 1; ; attempt++) {
      const { body, reason, cause, isTransient, pause } = await ask();
      if (body) return body;
      if (!isTransient || attempt === ATTEMPTS) throw failure({ reason }, { cause });
      await this.clock.sleep(pause ?? backoffMs(attempt));
    }
  }

  private async request(url: string, init: RequestInit): Promise<Answer> {
    try {
      const answer = await fetch(url, init);
      const { ok, status, headers } = answer;
      // To its end: a connection may fail in the middle of the body, too.
      const body = Buffer.from(await answer.arrayBuffer());
      if (ok) return { body, reason: '', isTransient: false };
      const isTransient = status === 408 || status === 429 || status >= 500;
      const pause = retryAfterMs(Object.fromEntries(headers), this.clock.now());
      return { reason: `the answer was ${status}`, isTransient, pause };
    } catch (cause) {
      return { reason: 'the connection failed', cause, isTransient: true };
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
  readonly pause?: number | undefined;
}
