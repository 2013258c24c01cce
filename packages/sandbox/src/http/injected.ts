import type { Fault, FaultKind } from '../faults/index.js';
import type { ODataResponse } from '../odata/index.js';
import { Refusal } from '../odata/index.js';

/** How a system puts what a fault makes it say. */
export interface Wording {
  /** The system's way to put an error. */
  readonly errorResponse: (refusal: Refusal) => ODataResponse;
  /** Where the system has words of its own for too many requests. */
  readonly throttled?: Refusal;
  /** What is said in the place of an answer, of the kinds that have it put in the same words every time. */
  readonly inPlace: Readonly<Partial<Record<FaultKind, Refusal>>>;
}

/** The answer that a fault puts in the place of the real one. */
export function injectedAnswer(
  fault: Fault,
  { errorResponse, throttled, inPlace }: Wording,
): ODataResponse | undefined {
  if (fault.kind === 'html') return gatewayPage(fault);
  const refusal = fault.kind === 'status' ? injectedRefusal(fault, failed(fault), throttled) : inPlace[fault.kind];
  return refusal && errorResponse(refusal);
}

/** @param usual what is said unless the fault has another status, or words of its own */
export function injectedRefusal({ status, retryAfter, text }: Fault, usual: Refusal, throttled?: Refusal): Refusal {
  const { code, message } = throttled && status === throttled.status ? throttled : usual;
  return new Refusal(status ?? usual.status, code, text ?? message, retryAfterHeader(retryAfter));
}

const failed = ({ status = 503 }: Fault): Refusal => new Refusal(status, '', `The service answered ${status}.`);

/** What a proxy says when it cannot reach what is behind it. */
function gatewayPage({ status = 502, retryAfter }: Fault): ODataResponse {
  const body = `<html><head><title>${status}</title></head><body><h1>${status} - Gateway error</h1></body></html>`;
  return { status, headers: { 'content-type': 'text/html', ...retryAfterHeader(retryAfter) }, body };
}

const retryAfterHeader = (seconds: number | undefined): Record<string, string> =>
  seconds === undefined ? {} : { 'retry-after': String(seconds) };
