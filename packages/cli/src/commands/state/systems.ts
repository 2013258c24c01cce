import { Connections, resolveIntegration } from '@isthmus/sync';
import { VERSION } from '../../version.js';
import type { Workspace } from '../../workspace.js';
import type { StateHeader } from './file.js';

/** What a state file must say to fit here, besides its tasks. */
export async function fitting({ configuration, host }: Workspace): Promise<Omit<StateHeader, 'tasks'>> {
  const connections = new Connections(configuration, host);
  try {
    const systems: Record<string, readonly string[]> = {};
    for (const name of configuration.integrations.keys()) {
      const { source, destination } = resolveIntegration(configuration, host, name).connections;
      systems[name] = [connections.get(source).identity, connections.get(destination).identity];
    }
    return { isthmus: 'state', version: VERSION, systems };
  } finally {
    await connections.close();
  }
}
