import { STATE_STORE, type Configuration, type PluginHost, type RunRecord } from '@isthmus/core';
import { Connections, inRunOrder, resolveIntegration } from '../integration/index.js';
import { writing, type TaskOptions, type TaskResult } from '../task/index.js';
import { Engine, type Opinion } from './engine.js';
import { fenced, withLeases } from './lease.js';
import { recorded } from './recorded.js';
import { requireFound } from './require-found.js';
import { newRunId } from './run-id.js';

export interface RunRequest extends Partial<TaskOptions> {
  readonly integrations: readonly string[];
  /** For the audit trail; `command` unless given. */
  readonly trigger?: 'command' | 'schedule';
  /** Stops between batches; what is under way is finished and remembered. */
  readonly signal?: AbortSignal;
}

/**
 * Runs integrations one after the other, each after those that it depends on. Single records that fail do not stop it;
 * what does stop it is in the run's `error`. Throws only where no run could be begun.
 */
export async function run(configuration: Configuration, host: PluginHost, request: RunRequest): Promise<RunRecord> {
  const { full = false, retry = false, trigger = 'command', selection, signal } = request;
  const integrations = inRunOrder(request.integrations.map((name) => resolveIntegration(configuration, host, name)));
  const store = await host.container.resolve(STATE_STORE).open(configuration.store);
  const connections = new Connections(configuration, host);
  const names = integrations.map(({ name }) => name);
  const options = { full, retry, selection };
  try {
    const runId = newRunId(new Date());
    // Before the run begins: a start that is refused is no run.
    return await withLeases(store, names, runId, (leases, lost) =>
      recorded({ runId, host, store, integrations: names, details: { trigger, ...options } }, async () => {
        const parts = { runId, host, connections, integrations, execution: writing, options, signal };
        const engine = new Engine({ ...parts, store: fenced(store, leases) });
        let taken = 0;
        const count = async ({ record }: TaskResult): Promise<void> => void (taken += record.read);
        const opinions: Opinion[] = [];
        for (const integration of integrations) opinions.push(await engine.run(integration, lost, count));
        requireFound(options, taken);
        return opinions.includes('warning') ? 'warning' : 'succeeded';
      }),
    );
  } finally {
    await connections.close();
    await store.close();
  }
}
