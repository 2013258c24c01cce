import type { Clock } from '@isthmus/core';
import type { TokenOptions, TokenProvider } from './token-provider.js';

export interface IssuedToken {
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

const AHEAD_MS = 300_000;
/** Of its life, for tokens that live so shortly that five minutes are too much. */
const AHEAD_SHARE = 0.2;

/** A provider over `obtain`, which is asked no more often than needed and never twice at once. */
export function cachedTokens(identity: string, clock: Clock, obtain: () => Promise<IssuedToken>): TokenProvider {
  let current: { token: string; renewAt: number } | undefined;
  let underWay: Promise<string> | undefined;

  async function renew(): Promise<string> {
    const askedAt = clock.now();
    const { token, expiresAt } = await obtain();
    current = { token, renewAt: expiresAt - Math.min(AHEAD_MS, (expiresAt - askedAt) * AHEAD_SHARE) };
    return token;
  }

  async function token({ rejected }: TokenOptions = {}): Promise<string> {
    if (current && current.token !== rejected && clock.now() < current.renewAt) return current.token;
    underWay ??= renew().finally(() => {
      underWay = undefined;
    });
    return underWay;
  }

  return { identity, token };
}
