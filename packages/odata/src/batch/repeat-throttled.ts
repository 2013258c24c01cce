import { isIsthmusError, type Clock } from '@isthmus/core';
import type { BatchOperation, BatchPart } from '../request.js';
import { asksForPause } from '../transport/index.js';

type SendBatch = (operations: readonly BatchOperation[]) => Promise<BatchPart[]>;

/**
 * Sends a batch, and again what the service put off: operations that stand alone, were not carried out, and are sent when
 * the target may be asked again, which whoever sends knows. What is still put off when the patience ends keeps that as its answer.
 */
export async function repeatThrottled(
  operations: readonly BatchOperation[],
  { clock, ms }: { readonly clock: Clock; readonly ms: number },
  send: SendBatch,
): Promise<BatchPart[]> {
  const until = clock.now() + ms;
  const parts = await send(operations);
  if (parts.length < operations.length) return parts;
  for (let open = putOff(operations, parts); open.length > 0 && clock.now() < until; open = putOff(operations, parts)) {
    const answers = await sendAgain(
      open.flatMap((index) => operations[index] ?? []),
      send,
    );
    if (!answers) break;
    open.forEach((index, i) => {
      const answer = answers[i];
      if (answer) parts[index] = answer;
    });
  }
  return parts;
}

const putOff = (operations: readonly BatchOperation[], parts: readonly BatchPart[]): number[] =>
  parts.flatMap(({ status, headers }, index) =>
    operations[index]?.changeSet === undefined && asksForPause(status, headers['retry-after'] !== undefined)
      ? [index]
      : [],
  );

/** @returns undefined where the way failed: what is known of the others must not be lost with it */
async function sendAgain(operations: readonly BatchOperation[], send: SendBatch): Promise<BatchPart[] | undefined> {
  try {
    return await send(operations);
  } catch (thrown) {
    if (!isIsthmusError(thrown)) throw thrown;
    return undefined;
  }
}
