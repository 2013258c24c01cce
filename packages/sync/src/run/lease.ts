import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { RunHistory, StateStore } from '@isthmus/core';
import { syncErrors } from '../errors.js';

const TTL_MS = 60_000;
/** Process ids mean something only inside their namespace: containers may share a host name. */
const HOST = `${hostname()}@${pidNamespace()}`;

function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    // Only Linux has them.
    return process.platform;
  }
}

/** A holder on this machine whose process is gone was killed; nobody has to wait for its lease to run out. */
function hasDied(holder: string): boolean {
  const [host, , pid] = holder.split(' ');
  if (host !== HOST) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (failure) {
    return (failure as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** The history would show it as running for ever. */
async function endRunOf(holder: string, runs: RunHistory): Promise<void> {
  const runId = holder.split(' ').at(-1) ?? '';
  if ((await runs.get(runId))?.status !== 'running') return;
  const error = syncErrors.RUN_KILLED({ holder }).toJSON();
  await runs.finish(runId, { status: 'failed', balanced: false, finishedAt: new Date().toISOString(), error });
}

/** Runs `work` while this process, and no other, holds the integration. */
export async function withLease<T>(
  { leases, runs }: Pick<StateStore, 'leases' | 'runs'>,
  integration: string,
  runId: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const name = `integration:${integration}`;
  const holder = `${HOST} process ${process.pid} run ${runId}`;
  let other = await leases.acquire(name, holder, TTL_MS);
  if (other && hasDied(other.holder)) {
    await leases.release(name, other.holder);
    await endRunOf(other.holder, runs);
    other = await leases.acquire(name, holder, TTL_MS);
  }
  if (other) throw syncErrors.INTEGRATION_BUSY({ integration, ...other });
  const lost = new AbortController();
  const timer = setInterval(() => {
    leases.renew(name, holder, TTL_MS).then(
      (held) => {
        if (!held) lost.abort(syncErrors.INTEGRATION_LEASE_LOST({ integration }));
      },
      (failure: unknown) => lost.abort(failure),
    );
  }, TTL_MS / 3);
  try {
    return await work(lost.signal);
  } finally {
    clearInterval(timer);
    await leases.release(name, holder);
  }
}
