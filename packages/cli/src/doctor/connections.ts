import type { Configuration } from '@isthmus/core';
import type { Connections } from '@isthmus/sync';
import { fromCheck, fromFailure, type Finding } from './finding.js';

/**
 * Credentials, reachability and clock of every connection.
 *
 * @param unusable gets the names of connections that failed
 */
export async function* examineConnections(
  configuration: Configuration,
  connections: Connections,
  unusable: Set<string>,
): AsyncGenerator<Finding, void, void> {
  for (const name of configuration.connections.keys()) {
    for (const finding of await examineConnection(name, connections)) {
      if (finding.status === 'failed') unusable.add(name);
      yield finding;
    }
  }
}

async function examineConnection(name: string, connections: Connections): Promise<Finding[]> {
  try {
    const checks = await connections.get(name).check();
    return checks.map((check) => fromCheck('connections', check, `${name}: ${check.name}`));
  } catch (thrown) {
    return fromFailure('connections', name, thrown);
  }
}
