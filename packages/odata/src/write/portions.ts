import { isIsthmusError, type WriteOutcome } from '@isthmus/core';
import { errors, serviceFailure, type ServiceFailure } from '../errors.js';
import type { BatchSize } from '../transport/index.js';
import { requestsOf, type EncodedOperation } from './encode-each.js';

/** How large portions may be: as configured, and as the service has shown to bear. */
export interface PortionLimits {
  readonly connection: string;
  readonly most: number;
  readonly size: BatchSize;
}

const TOO_LARGE = 413;

/** These are said of the client or the address, whatever the portion holds. */
const NOT_FOR_ITS_CONTENT = new Set([401, 403, 404]);

/**
 * Writes operations in portions, one request after the other. A portion that is too large for the service is cut; one
 * that is refused for something in it counts as not answered, so that the caller looks for the one at fault.
 *
 * @param write may give outcomes for the beginning of a portion only; the rest is in the next one
 * @throws where the first portion was lost; what follows a lost portion later on is not sent, and has the loss as outcome
 */
export async function writeInPortions(
  encoded: readonly EncodedOperation[],
  { connection, most, size }: PortionLimits,
  write: (portion: readonly EncodedOperation[]) => Promise<readonly WriteOutcome[]>,
): Promise<WriteOutcome[]> {
  const outcomes: WriteOutcome[] = [];
  while (outcomes.length < encoded.length) {
    const at = outcomes.length;
    const portion = encoded.slice(at, at + size.upTo(most));
    try {
      outcomes.push(...(await write(portion)));
    } catch (thrown) {
      const refusal = serviceFailure(thrown);
      if (refusal?.status === TOO_LARGE) {
        // Nothing was carried out, and portions are smaller from here on.
        if (portion.length > 1) continue;
        outcomes.push({ ok: false, error: tooLarge(portion, connection) });
        continue;
      }
      const lost = refusal && isForContent(refusal) ? refused(refusal, portion, connection, thrown) : thrown;
      if (at === 0 || !isIsthmusError(lost)) throw lost;
      return [...outcomes, ...encoded.slice(at).map((): WriteOutcome => ({ ok: false, error: lost, systemic: true }))];
    }
  }
  return outcomes;
}

const isForContent = ({ status }: ServiceFailure): boolean =>
  status >= 400 && status < 500 && !NOT_FOR_ITS_CONTENT.has(status);

function refused(
  { status, code, message, requestId }: ServiceFailure,
  { length: operations }: readonly EncodedOperation[],
  connection: string,
  cause: unknown,
) {
  const place = isIsthmusError(cause) ? cause.place : {};
  return errors.ODATA_BATCH_REFUSED({ connection, operations, status, code, message, requestId }, { place, cause });
}

function tooLarge(portion: readonly EncodedOperation[], connection: string) {
  const characters = requestsOf(portion).reduce((sum, { body = '' }) => sum + body.length, 0);
  return errors.ODATA_TOO_LARGE({ connection, characters });
}
