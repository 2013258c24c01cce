import {
  checkPrerequisites,
  preflight,
  resolveIntegration,
  type Connect,
  type Connections,
  type Integration,
} from '@isthmus/sync';
import type { Workspace } from '../workspace.js';
import { fromCheck, fromError, fromFailure, ok, type Finding } from './finding.js';

type Findings = AsyncGenerator<Finding, void, void>;

/** Every mapped field against both systems' live metadata, and what the templates need to find in the systems. */
export async function* examineIntegrations(
  { configuration, host }: Workspace,
  connections: Connections,
  unusable: ReadonlySet<string>,
): Findings {
  for (const name of configuration.integrations.keys()) {
    try {
      const integration = resolveIntegration(configuration, host, name);
      const missing = Object.values(integration.connections).find((connection) => unusable.has(connection));
      if (missing === undefined) yield* examineIntegration(integration, connections);
      else yield notExamined(name, missing);
    } catch (thrown) {
      yield* fromFailure('mapping', name, thrown);
    }
  }
}

async function* examineIntegration(integration: Integration, connections: Connections): Findings {
  const { name, tasks } = integration;
  const connect: Connect = (connection) => connections.get(connection);
  const found = await preflight(integration, connect);
  const { faults, warnings } = found;
  for (const fault of faults) yield fromError('mapping', name, fault, 'failed');
  for (const warning of warnings) yield fromCheck('mapping', warning, `${name}: ${warning.name}`);
  if (faults.length === 0) {
    const fields = tasks.reduce((sum, task) => sum + task.fields.length, 0);
    yield ok('mapping', name, `${fields} fields of ${tasks.length} tasks are in the metadata of both systems.`);
  }
  for (const check of await checkPrerequisites(integration, found, connect)) {
    yield fromCheck('prerequisites', check, `${name}: ${check.name}`);
  }
}

const notExamined = (name: string, connection: string): Finding => ({
  section: 'mapping',
  name,
  status: 'warning',
  message: `Not checked, because the connection '${connection}' cannot be used.`,
  remedy: 'Put the connection right first.',
});
