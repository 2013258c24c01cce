import { errors } from '../errors.js';
import { excerpt } from '../excerpt.js';
import { isJsonObject, readJson, type JsonObject } from '../json/index.js';
import type { RawAnswer } from '../transport/index.js';
import type { IssuedToken } from './cached-tokens.js';

const CODE = /^(AADSTS\d+):\s*/;
/** Where the ids begin that Entra puts behind its text. */
const IDS = /\s*(?:Trace ID|Correlation ID|Timestamp):/;
const DEFAULT_SECONDS = 3600;

/** @throws ODATA_CREDENTIALS_REFUSED with the AADSTS code, or ODATA_TOKEN_UNUSABLE where it is no token endpoint's answer */
export function readTokenAnswer({ status, text }: RawAnswer, connection: string, now: number): IssuedToken {
  const body = tryJson(text);
  const { access_token: token, expires_in: seconds = DEFAULT_SECONDS } = body;
  if (status === 200 && typeof token === 'string') return { token, expiresAt: now + Number(seconds) * 1000 };
  const { error, error_description: description } = body;
  if (typeof error === 'string') {
    const said = typeof description === 'string' ? description : error;
    const code = CODE.exec(said)?.[1] ?? error;
    const [reason = said] = said.replace(CODE, '').split(IDS);
    throw errors.ODATA_CREDENTIALS_REFUSED({ connection, code, reason });
  }
  throw errors.ODATA_TOKEN_UNUSABLE({
    connection,
    status,
    excerpt: token === undefined ? excerpt(text) : 'no usable token',
  });
}

function tryJson(text: string): JsonObject {
  try {
    const body = readJson(text);
    return isJsonObject(body) ? body : {};
  } catch {
    return {};
  }
}
