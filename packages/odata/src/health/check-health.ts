import { isIsthmusError, type Clock, type HealthCheck } from '@isthmus/core';
import type { TokenProvider } from '../auth/index.js';
import type { ODataClient } from '../client.js';

/** Tokens are refused when the clocks are further apart. */
const MAX_SKEW_MS = 5 * 60_000;

/**
 * Can the client sign in, does the service answer it, and do the two agree on the time?
 *
 * @param probe path of something small that every user may read
 */
export async function checkHealth(
  client: ODataClient,
  tokens: TokenProvider,
  clock: Clock,
  probe: string,
): Promise<HealthCheck[]> {
  try {
    await tokens.token();
  } catch (thrown) {
    return [failed('credentials', thrown)];
  }
  const signedIn: HealthCheck = { name: 'credentials', status: 'ok', message: 'A token was issued.' };
  try {
    const { headers } = await client.send({ method: 'GET', path: probe });
    const answered: HealthCheck = { name: 'service', status: 'ok', message: 'The service answers.' };
    return [signedIn, answered, clockCheck(headers['date'], clock.now())];
  } catch (thrown) {
    return [signedIn, failed('service', thrown)];
  }
}

/** @param date the answer's `Date` header, whole seconds */
function clockCheck(date: string | undefined, now: number): HealthCheck {
  const theirs = Date.parse(date ?? '');
  const name = 'clock';
  if (Number.isNaN(theirs)) return { name, status: 'warning', message: 'The service does not tell the time.' };
  const skew = Math.abs(now - theirs);
  if (skew <= MAX_SKEW_MS) return { name, status: 'ok', message: 'The clocks agree.' };
  return {
    name,
    status: 'warning',
    message: `This machine's clock is ${Math.round(skew / 60_000)} minutes ${now > theirs ? 'ahead of' : 'behind'} the service.`,
    remedy: 'Let the machine keep its time by NTP: tokens are refused when the clocks are far apart.',
  };
}

function failed(name: string, thrown: unknown): HealthCheck {
  if (!isIsthmusError(thrown)) throw thrown;
  return { name, status: 'failed', message: thrown.message, remedy: thrown.remedy };
}
