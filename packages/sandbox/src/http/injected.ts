import type { Fault } from '../faults/index.js';
import type { ODataResponse } from '../odata/index.js';
import { Refusal } from '../odata/index.js';

/** How a system puts what a fault makes it say. */
export interface Wording {
  /** The system's way to put an error. */
  readonly errorResponse: (refusal: Refusal) => ODataResponse;
  readonly throttled: Refusal;
  readonly expiredToken: Refusal;
  readonly expiredDeltaToken: Refusal;
  /** To one operation. */
  readonly refused: Refusal;
}

/** The answer that a fault puts in the place of the real one. */
export function injectedAnswer(fault: Fault, { errorResponse, ...words }: Wording): ODataResponse | undefined {
  switch (fault.kind) {
    case 'status':
      return errorResponse(withStatus(fault, 503, words));
    case 'html':
      return gatewayPage(fault);
    case 'expired-token':
      return errorResponse(words.expiredToken);
    case 'expired-delta-token':
      return errorResponse(words.expiredDeltaToken);
    default:
      return undefined;
  }
}

/** What is said to one operation. */
export function injectedRefusal(fault: Fault, words: Wording): Refusal {
  const usual = fault.status === undefined ? words.refused : withStatus(fault, 400, words);
  return new Refusal(usual.status, usual.code, fault.text ?? usual.message, usual.headers);
}

function withStatus(
  { status: given, retryAfter, kind }: Fault,
  usual: number,
  { throttled, refused }: Pick<Wording, 'throttled' | 'refused'>,
): Refusal {
  const status = given ?? usual;
  const headers = retryAfterHeader(retryAfter);
  if (status === throttled.status) return new Refusal(status, throttled.code, throttled.message, headers);
  if (kind === 'refuse') return new Refusal(status, refused.code, refused.message, headers);
  return new Refusal(status, '', `The service answered ${status}.`, headers);
}

/** What a proxy says when it cannot reach what is behind it. */
function gatewayPage({ status = 502, retryAfter }: Fault): ODataResponse {
  const body = `<html><head><title>${status}</title></head><body><h1>${status} - Gateway error</h1></body></html>`;
  return { status, headers: { 'content-type': 'text/html', ...retryAfterHeader(retryAfter) }, body };
}

const retryAfterHeader = (seconds: number | undefined): Record<string, string> =>
  seconds === undefined ? {} : { 'retry-after': String(seconds) };
