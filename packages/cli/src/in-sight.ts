import { observed } from '@isthmus/telemetry';
import { cancellable } from './cancellation.js';
import { showProgress, type Output } from './output/index.js';
import type { Workspace } from './workspace.js';

/** Does `work` so that it is seen, here and by a collector, and ends between two batches when it is told to. */
export const inSight = <T>(
  output: Output,
  { configuration, host }: Workspace,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> =>
  observed(configuration, host.events, () =>
    cancellable(output, async (signal) => {
      const endProgress = showProgress(host.events, output);
      try {
        return await work(signal);
      } finally {
        endProgress();
      }
    }),
  );
