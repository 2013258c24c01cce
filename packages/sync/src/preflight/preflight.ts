import { isIsthmusError, type Connector, type EntityMap, type HealthCheck, type IsthmusError } from '@isthmus/core';
import { referencedTasks, type Integration } from '../integration/index.js';
import { compareFields } from './compare.js';
import { describeSources, type Descriptions } from './descriptions.js';
import { checkDestination } from './destination.js';
import { checkSource } from './source.js';

/** What the live systems say of an integration, before anything is read or written. */
export interface Preflight {
  readonly sources: Descriptions;
  readonly destinations: Descriptions;
  /** The integration cannot start with these. */
  readonly faults: readonly IsthmusError[];
  /** Things that will cost single records, and stop nothing. */
  readonly warnings: readonly HealthCheck[];
}

/** Holds every mapped field against both systems' metadata. */
export async function preflight(
  { name, tasks, parameters, deliveredBy }: Integration,
  source: Connector,
  destination: Connector,
): Promise<Preflight> {
  const [sources, destinations] = await Promise.all([
    describeSources(source, tasks, parameters),
    destination.describe(tasks.map((task) => task.destination)),
  ]);
  const faults = tasks.flatMap((task) =>
    [
      ...undelivered(task, deliveredBy),
      ...checkSource(task, parameters, sources),
      ...checkDestination(task, destinations),
    ].map((fault) => fault.at({ integration: name, task: task.task })),
  );
  const warnings = tasks.flatMap((task) => compareFields(task, sources, destinations));
  return { sources, destinations, faults, warnings };
}

/** Lookups to rows that no integration delivers: every record would wait for ever. */
function undelivered(task: EntityMap, deliveredBy: Integration['deliveredBy']): IsthmusError[] {
  return referencedTasks(task).flatMap((name) => {
    try {
      deliveredBy(name);
      return [];
    } catch (thrown) {
      if (isIsthmusError(thrown)) return [thrown];
      throw thrown;
    }
  });
}
