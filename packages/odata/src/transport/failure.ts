/**
 * What went wrong on the wire.
 *
 * - `unsent`: no connection came about, so nothing was carried out.
 * - `untrusted`: the secure channel was refused; to try again changes nothing.
 * - `unanswered`: the request went out, at least in part; whether it was carried out is not known.
 */
export interface Failure {
  readonly kind: 'unsent' | 'untrusted' | 'unanswered';
  readonly code: string;
  readonly reason: string;
  /** There was no answer in the time allowed. */
  readonly late: boolean;
}

const UNSENT = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'UND_ERR_CONNECT_TIMEOUT',
]);

const UNANSWERED: Readonly<Record<string, string>> = {
  ECONNABORTED: 'the connection broke',
  ECONNRESET: 'the connection broke',
  EPIPE: 'the connection broke',
  ETIMEDOUT: 'the connection went silent',
  UND_ERR_ABORTED: 'the answer broke off',
  UND_ERR_BODY_TIMEOUT: 'the answer stopped in the middle for too long',
  UND_ERR_HEADERS_TIMEOUT: 'no answer came in the time allowed',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the answer broke off',
  UND_ERR_SOCKET: 'the connection broke',
};

const LATE = new Set(['ETIMEDOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT']);

const UNTRUSTED = /CERT|TLS|SSL|UNABLE_TO_|EPROTO|SELF_SIGNED/;

/** @returns undefined where the error is not one of the network */
export function classify(thrown: unknown): Failure | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown) || typeof thrown.code !== 'string') return undefined;
  const { code, message } = thrown;
  if (UNSENT.has(code)) return { kind: 'unsent', code, reason: `no connection (${code})`, late: false };
  const reason = UNANSWERED[code] ?? (code.startsWith('HPE_') ? 'what came is not HTTP' : undefined);
  if (reason) return { kind: 'unanswered', code, reason: `${reason} (${code})`, late: LATE.has(code) };
  if (UNTRUSTED.test(code)) return { kind: 'untrusted', code, reason: message, late: false };
  return undefined;
}
