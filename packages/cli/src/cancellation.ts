import { cliErrors } from './errors.js';
import { interruptible } from './interrupt.js';
import type { Output } from './output/index.js';

/** Gives `work` a signal that aborts at the first SIGINT or SIGTERM, between two batches. */
export function cancellable<T>(output: Output, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const cancel = new AbortController();
  const stop = (): void => {
    if (!output.json) output.note('Stopping after the batch under way; once more to stop at once.');
    cancel.abort(cliErrors.RUN_CANCELLED());
  };
  return interruptible(stop, () => work(cancel.signal));
}
