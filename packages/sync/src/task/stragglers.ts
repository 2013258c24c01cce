import type { TaskContext } from './context.js';

/** How long a service may still be at work on a batch whose sender is gone, in milliseconds. */
const STRAGGLING_MS = 5000;

/**
 * A killed run is followed at once by the next one, and the service may not have finished what it was sent. A row that
 * is looked for too early is not found, and would be created a second time.
 */
export async function waitForStragglers({ unanswered, clock, signal }: TaskContext): Promise<void> {
  const sent = unanswered.map(({ at }) => Date.parse(at));
  if (sent.length === 0) return;
  const left = Math.max(...sent) + STRAGGLING_MS - clock.now();
  // The clock may have been put back since.
  if (left > 0) await clock.sleep(Math.min(left, STRAGGLING_MS), signal);
}
