import { isIsthmusError, type Connector, type EntityMap, type HealthCheck, type IsthmusError } from '@isthmus/core';
import { namesReferredTo, type Integration, type Route } from '../integration/index.js';
import { compareFields } from './compare.js';
import { describeSources, type Descriptions } from './descriptions.js';
import { checkDestination, describeDestinations } from './destination.js';
import { checkMembers } from './members.js';
import { checkSource } from './source.js';

/** What the live systems say of an integration, before anything is read or written. */
export interface Preflight {
  known(task: EntityMap): BothSides;
  /** The integration cannot start with these. */
  readonly faults: readonly IsthmusError[];
  /** Things that will cost single records, and stop nothing. */
  readonly warnings: readonly HealthCheck[];
}

/** What the metadata of the two systems says of the entities of a task. */
export interface BothSides {
  readonly sources: Descriptions;
  readonly destinations: Descriptions;
}

/** The connector of a connection. */
export type Connect = (connection: string) => Connector;

/**
 * Holds every mapped field against both systems' metadata. Where something is not in what was kept of it, the systems
 * themselves are asked before anything is called wrong.
 */
export async function preflight(integration: Integration, connect: Connect): Promise<Preflight> {
  const found = await compare(integration, connect);
  if (found.faults.length === 0) return found;
  const routes = integration.tasks.map((task) => integration.routeOf(task));
  const connections = new Set(routes.flatMap(({ source, destination }) => [source, destination]));
  const asked = await Promise.all([...connections].map((connection) => connect(connection).refresh()));
  return asked.includes(true) ? compare(integration, connect) : found;
}

async function compare(integration: Integration, connect: Connect): Promise<Preflight> {
  const { name, tasks, parameters } = integration;
  const known = new Map<string, BothSides>();
  for (const [key, { route, tasks: group }] of byRoute(integration)) {
    const [sources, destinations] = await Promise.all([
      describeSources(connect(route.source), group, parameters),
      describeDestinations(connect(route.destination), group),
    ]);
    known.set(key, { sources, destinations });
  }
  const nothing: BothSides = { sources: new Map(), destinations: new Map() };
  const knownOf = (task: EntityMap): BothSides => known.get(keyOf(integration.routeOf(task))) ?? nothing;
  const faults = tasks.flatMap((task) => {
    const { sources, destinations } = knownOf(task);
    return [
      ...undelivered(task, integration.deliveredBy),
      ...checkSource(task, parameters, sources),
      ...checkDestination(task, destinations),
    ].map((fault) => fault.at({ integration: name, task: task.task }));
  });
  const warnings = tasks.flatMap((task) => {
    const { sources, destinations } = knownOf(task);
    return [...compareFields(task, sources, destinations), ...checkMembers(task, parameters, destinations)];
  });
  return { known: knownOf, faults, warnings };
}

interface Group {
  readonly route: Route;
  readonly tasks: EntityMap[];
}

const keyOf = ({ source, destination }: Route): string => JSON.stringify([source, destination]);

function byRoute({ tasks, routeOf }: Integration): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const task of tasks) {
    const route = routeOf(task);
    const group = groups.get(keyOf(route));
    if (group) group.tasks.push(task);
    else groups.set(keyOf(route), { route, tasks: [task] });
  }
  return groups;
}

/** Lookups to rows that no integration delivers, or that no single value names: every record would wait for ever. */
function undelivered(task: EntityMap, deliveredBy: Integration['deliveredBy']): IsthmusError[] {
  return namesReferredTo(task).flatMap((name) => {
    try {
      deliveredBy(name);
      return [];
    } catch (thrown) {
      if (isIsthmusError(thrown)) return [thrown];
      throw thrown;
    }
  });
}
