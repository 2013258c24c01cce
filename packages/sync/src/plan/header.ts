import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { packageOf, type Checkpoint, type StateStore } from '@isthmus/core';
import { fingerprintOf, type Connections, type Integration, type Route } from '../integration/index.js';
import type { TaskOptions } from '../task/index.js';
import { PLAN_FORMAT, type PlanHeader, type PlannedIntegration } from './format.js';

/** Of this package, and so of Isthmus: all are released together. */
const VERSION = packageOf(fileURLToPath(import.meta.url))?.version ?? '';

/** What a plan rests on, besides the rows. */
export async function headerOf(
  integrations: readonly Integration[],
  connections: Connections,
  store: StateStore,
  options: TaskOptions,
): Promise<PlanHeader> {
  const planned: PlannedIntegration[] = [];
  for (const integration of integrations) planned.push(await plannedIntegration(integration, connections, store));
  return { plan: PLAN_FORMAT, isthmus: VERSION, store: store.identity, options, integrations: planned };
}

async function plannedIntegration(
  integration: Integration,
  connections: Connections,
  { checkpoints }: StateStore,
): Promise<PlannedIntegration> {
  const { name, templateId: template, routeOf } = integration;
  const systems = ({ source, destination }: Route) => [connections.get(source), connections.get(destination)];
  const tasks = [];
  for (const task of integration.tasks) {
    const checkpoint = await checkpoints.get({ integration: name, task: task.task });
    const fingerprint = fingerprintOf(integration, task, systems(routeOf(task)));
    tasks.push({ task: task.task, fingerprint, from: checkpointMark(checkpoint) });
  }
  const [source = '', destination = ''] = systems(integration.connections).map(({ identity }) => identity);
  return { integration: name, template, source, destination, tasks };
}

/** Tells one checkpoint from another, whenever it was saved. */
export function checkpointMark(checkpoint: Checkpoint | undefined): string | null {
  if (!checkpoint) return null;
  const { token = null, fingerprint } = checkpoint;
  return createHash('sha256')
    .update(JSON.stringify([token, fingerprint]))
    .digest('base64url');
}
