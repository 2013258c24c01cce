import type { Configuration } from '@isthmus/core';
import type { Connections } from '@isthmus/sync';
import { fromCheck, fromFailure, type Finding } from './finding.js';

/**
 * Credentials, reachability and clock of every connection.
 *
 * @param unusable gets the names of connections that failed
 * @param fresh asks for their metadata anew
 */
export async function* examineConnections(
  configuration: Configuration,
  connections: Connections,
  unusable: Set<string>,
  fresh: boolean,
): AsyncGenerator<Finding, void, void> {
  for (const name of configuration.connections.keys()) {
    for (const finding of await examineConnection(name, connections, fresh)) {
      if (finding.status === 'failed') unusable.add(name);
      yield finding;
    }
  }
}

async function examineConnection(name: string, connections: Connections, fresh: boolean): Promise<Finding[]> {
  try {
    const connector = connections.get(name);
    const checks = await connector.check();
    if (fresh && checks.every(({ status }) => status !== 'failed')) await connector.refresh();
    return checks.map((check) => fromCheck('connections', check, `${name}: ${check.name}`));
  } catch (thrown) {
    return fromFailure('connections', name, thrown);
  }
}
