import { isIsthmusError, type Clock } from '@isthmus/core';
import { serviceFailure } from '@isthmus/odata';
import { errors } from '../errors.js';
import type { PackageApi } from './api.js';

const FIRST_PAUSE = 200;
const LONGEST_PAUSE = 15_000;
/** How long a service may take until it tells the status of an execution. From then on the list of executions counts. */
const UNKNOWN_FOR = 60_000;
const FAILED = 500;

export interface Patience {
  readonly clock: Clock;
  readonly patienceMs: number;
}

/**
 * Asks until the import has come to an end. Right after it was queued, the service may not know its status yet; it is lost
 * only where the list of executions does not show it either.
 *
 * @returns its status; undefined where the service has never heard of it
 * @throws FINOPS_PACKAGE_UNFINISHED
 */
export async function awaitImport(
  api: PackageApi,
  executionId: string,
  { clock, patienceMs }: Patience,
): Promise<string | undefined> {
  const started = clock.now();
  let known = false;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(LONGEST_PAUSE, pause * 2)) {
    const isOverdue = clock.now() - started >= UNKNOWN_FOR;
    const status = (await api.status(executionId)) ?? (isOverdue ? await api.listedStatus(executionId) : undefined);
    known ||= status !== undefined;
    if (status !== undefined && status !== 'Executing' && status !== 'NotRun') return status;
    if (!known && isOverdue) return undefined;
    if (clock.now() - started >= patienceMs) {
      throw errors.FINOPS_PACKAGE_UNFINISHED({ executionId, minutes: Math.round(patienceMs / 60_000) });
    }
    await clock.sleep(pause);
  }
}

/** Hands a package over. An answer that is lost, or a failure, says nothing: the service is asked what it knows. */
export async function startImport(start: () => Promise<void>): Promise<void> {
  try {
    await start();
  } catch (thrown) {
    const isLost = isIsthmusError(thrown) && thrown.recovery === 'retry';
    const hasFailed = (serviceFailure(thrown)?.status ?? 0) >= FAILED;
    if (!isLost && !hasFailed) throw thrown;
  }
}
