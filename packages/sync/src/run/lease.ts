import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Lease, RunHistory, StateStore, TaskScope } from '@isthmus/core';
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

/**
 * Runs `work` while this process, and no other, holds all of the integrations.
 *
 * @param id of the run, or whatever else tells this holder from every other
 * @throws INTEGRATION_BUSY where one of them is held
 */
export async function withLeases<T>(
  store: Pick<StateStore, 'leases' | 'runs'>,
  integrations: readonly string[],
  id: string,
  work: (leases: ReadonlyMap<string, Lease>, lost: AbortSignal) => Promise<T>,
): Promise<T> {
  const holder = `${HOST} process ${process.pid} run ${id}`;
  const leases = new Map<string, Lease>();
  const lost = new AbortController();
  const renew = async (): Promise<void> => {
    for (const [integration, { name }] of leases) {
      if (!(await store.leases.renew(name, holder, TTL_MS))) throw syncErrors.INTEGRATION_LEASE_LOST({ integration });
    }
  };
  const timer = setInterval(() => {
    renew().catch((failure: unknown) => lost.abort(failure));
  }, TTL_MS / 3);
  try {
    for (const integration of integrations) {
      leases.set(integration, await acquire(store, integration, holder));
    }
    return await work(leases, lost.signal);
  } finally {
    clearInterval(timer);
    for (const { name } of leases.values()) await store.leases.release(name, holder);
  }
}

async function acquire(
  { leases, runs }: Pick<StateStore, 'leases' | 'runs'>,
  integration: string,
  holder: string,
): Promise<Lease> {
  const name = `integration:${integration}`;
  const before = await leases.get(name);
  if (before && hasDied(before.holder)) await leases.release(name, before.holder);
  const other = await leases.acquire(name, holder, TTL_MS);
  if (other) throw syncErrors.INTEGRATION_BUSY({ integration, ...other });
  // Whoever had it before did not give it back.
  if (before) await endRunOf(before.holder, runs);
  return { name, holder };
}

/** The store as the holder of the leases sees it: what it writes is refused once somebody else has the lease. */
export const fenced = (store: StateStore, leases: ReadonlyMap<string, Lease>): StateStore => {
  const lease = (scope: TaskScope | undefined) => scope && leases.get(scope.integration);
  return {
    ...store,
    settle: (settlement) => store.settle({ ...settlement, lease: lease(settlement) }),
    digests: {
      ...store.digests,
      keep: (scope, digests) => store.digests.keep(scope, digests, lease(scope)),
    },
    journal: { ...store.journal, send: (batch) => store.journal.send(batch, lease(batch)) },
    checkpoints: { ...store.checkpoints, save: (all) => store.checkpoints.save(all, lease(all[0]?.[0])) },
  };
};
