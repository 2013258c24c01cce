import { EXIT } from './exit.js';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Runs `work` so that the first SIGINT or SIGTERM calls `stop`, and the second ends the process.
 */
export async function interruptible<T>(stop: () => void, work: () => Promise<T>): Promise<T> {
  let interrupted = false;
  const onSignal = (): void => {
    if (interrupted) process.exit(EXIT.failed);
    interrupted = true;
    stop();
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  try {
    return await work();
  } finally {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  }
}
