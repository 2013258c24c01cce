import type { IsthmusError } from '@isthmus/core';
import { syncErrors } from '../errors.js';
import type { Decision } from './decide.js';
import { PAUSES } from './patience.js';

/** Rows that the destination fails over again and again, as long as they are sent together. */
export interface Stuck {
  readonly open: readonly Decision[];
  readonly failure: IsthmusError;
}

/** Writes rows together. @returns those that still fail when it has waited that often */
export type Attempt = (rows: readonly Decision[], pauses: readonly number[]) => Promise<Stuck | undefined>;

/** What is to be halved anyway has been waited for already. */
const BRIEFLY = PAUSES.slice(0, 1);

/** So many rows that fail alone, while nothing at all gets through, are no coincidence: writing itself fails. */
const TOO_MANY = 3;

/**
 * Halves the rows until the one stands alone over which the destination fails, so that the others get through. It is
 * quarantined, and tried again by every run.
 *
 * @throws the failure where it is not a row's
 */
export async function isolate(stuck: Stuck, attempt: Attempt): Promise<void> {
  let gotThrough = false;
  let alone = 0;

  const attempted = async (rows: readonly Decision[]): Promise<Stuck | undefined> => {
    const left = await attempt(rows, BRIEFLY);
    gotThrough ||= (left?.open.length ?? 0) < rows.length;
    return left;
  };

  const narrow = async ({ open, failure }: Stuck): Promise<void> => {
    const [row, ...others] = open;
    if (row && others.length === 0) {
      if (++alone >= TOO_MANY && !gotThrough) throw failure;
      const { message: reason, place } = failure;
      row.record.faults.push(syncErrors.RECORD_BREAKS_WRITE({ reason }, { cause: failure, place }));
      return;
    }
    const middle = Math.ceil(open.length / 2);
    const rest = open.slice(middle);
    const first = await attempted(open.slice(0, middle));
    if (first) await narrow(first);
    // Where the first half is sound, it is the second that fails.
    const second = first || rest.length === 1 ? await attempted(rest) : { open: rest, failure };
    if (second) await narrow(second);
  };

  await narrow(stuck);
}
