import { STATE_STORE, type Configuration, type PluginHost, type RunRecord } from '@isthmus/core';
import { Connections, resolveIntegration } from '../integration/index.js';
import { headerOf, readPlan } from '../plan/index.js';
import { Engine, fenced, newRunId, recorded, withLeases, type Opinion } from '../run/index.js';
import { writing } from '../task/index.js';
import { applyIntegration, saveCheckpoints } from './apply-integration.js';
import { requireSame } from './require-same.js';

export interface ApplyRequest {
  readonly file: string;
  /** Stops between batches; what is under way is finished and remembered. */
  readonly signal?: AbortSignal;
}

export type Applied =
  | { readonly run: RunRecord }
  /** The run that has applied the plan before. Nothing was done. */
  | { readonly appliedBefore: string };

/**
 * Does what a saved plan says, and nothing else. The first record that is not as it was planned stops it; what it has
 * done until then is remembered, and applying the plan again goes on from there.
 *
 * @throws where the plan is not whole or was not made for this store, this version and this configuration
 */
export async function apply(
  configuration: Configuration,
  host: PluginHost,
  { file, signal }: ApplyRequest,
): Promise<Applied> {
  const plan = await readPlan(file);
  const { header, digest } = plan;
  const names = header.integrations.map(({ integration }) => integration);
  const integrations = names.map((name) => resolveIntegration(configuration, host, name));
  const store = await host.container.resolve(STATE_STORE).open(configuration.store);
  const connections = new Connections(configuration, host);
  try {
    requireSame(file, header, await headerOf(integrations, connections, store, header.options));
    const saved = await store.plans.get(digest);
    if (saved?.appliedBy !== undefined) return { appliedBefore: saved.appliedBy };
    const runId = newRunId(new Date());
    const run = await withLeases(store, names, runId, (leases, lost) =>
      recorded({ runId, host, store, integrations: names, details: { plan: digest } }, async () => {
        await store.audit.append({ action: 'plan.applied', subject: `plan ${digest}`, details: { run: runId, file } });
        const own = fenced(store, leases);
        const parts = { runId, host, connections, integrations, execution: writing, options: header.options, signal };
        const engine = new Engine({ ...parts, store: own });
        const opinions: Opinion[] = [];
        for (const [i, integration] of integrations.entries()) {
          // What rows looked like was seen when the plan was made, and is not in it.
          for (const { task } of integration.tasks)
            await own.digests.forgetAll({ integration: integration.name, task });
          opinions.push(await applyIntegration(engine, plan, integration, lost));
          const planned = header.integrations[i];
          if (planned) await saveCheckpoints(own, planned, saved);
        }
        await store.plans.save({ digest, checkpoints: saved?.checkpoints ?? [], appliedBy: runId });
        return opinions.includes('warning') ? 'warning' : 'succeeded';
      }),
    );
    return { run };
  } finally {
    await connections.close();
    await store.close();
  }
}
