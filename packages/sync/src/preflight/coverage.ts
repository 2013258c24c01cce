import { organizationPaths, type Condition, type Connector, type EntityMap, type HealthCheck } from '@isthmus/core';
import type { Integration } from '../integration/index.js';
import { lookupTargets, type Descriptions } from './descriptions.js';
import type { Connect, Preflight } from './preflight.js';

const NAME = 'organisation mapping';

/**
 * Every organisational unit that occurs in the data has a legal entity, or is left out on purpose. What is not covered is
 * told before anything is written: one message for all units, with the number of rows that will be kept back.
 */
export async function checkCoverage(
  { tasks, routeOf, organizations }: Integration,
  found: Preflight,
  connect: Connect,
): Promise<HealthCheck[]> {
  const units = new Map<string, ReadonlySet<string>>();
  const uncovered = new Map<string, string[]>();
  for (const task of tasks) {
    const source = connect(routeOf(task).source);
    const { sources } = found.known(task);
    for (const path of decidingPaths(task)) {
      const entity = unitEntity(path, task.source, sources);
      if (entity === undefined) continue;
      const names = units.get(entity) ?? (await namesOf(source, entity, lastOf(path)));
      units.set(entity, names);
      for (const unit of names) {
        if (organizations.has(unit)) continue;
        const filter: Condition[] = [...task.filter, { path, is: 'eq', value: unit }];
        const rows = await source.count(task.source, undefined, filter);
        if (rows > 0) uncovered.set(unit, [...(uncovered.get(unit) ?? []), `${task.task} ${rows}`]);
      }
    }
  }
  const known = new Set([...units.values()].flatMap((names) => [...names]));
  const strangers = units.size === 0 ? [] : [...organizations.keys()].filter((unit) => !known.has(unit));
  return [...reportUncovered(uncovered), ...reportStrangers(strangers)];
}

/** Paths to the units that decide legal entities; of several for one purpose, the first. */
function decidingPaths(task: EntityMap): string[] {
  const [own] = organizationPaths(task);
  const others = task.fields.flatMap(({ source }) => (source.kind === 'legal-entity' ? [source.path] : []));
  return [...new Set([...(own === undefined ? [] : [own]), ...others])];
}

function unitEntity(path: string, entity: string, sources: Descriptions): string | undefined {
  const hops = path.split('.').slice(0, -1);
  const [unit] = hops.reduce<readonly string[]>((entities, hop) => lookupTargets(hop, entities, sources), [entity]);
  return unit !== undefined && sources.get(unit)?.fields.has(lastOf(path)) ? unit : undefined;
}

const lastOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

async function namesOf(source: Connector, entity: string, field: string): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for await (const { rows } of source.read({ entity, paths: [field], filter: [] })) {
    for (const row of rows) if (typeof row[field] === 'string') names.add(row[field]);
  }
  return names;
}

function reportUncovered(uncovered: ReadonlyMap<string, readonly string[]>): HealthCheck[] {
  if (uncovered.size === 0) return [];
  const list = [...uncovered].map(([unit, tasks]) => `'${unit}' (${tasks.join(', ')})`).join('; ');
  return [
    {
      name: NAME,
      status: 'warning',
      message: `Organisational units that occur in the data have no legal entity, so their records will be kept back: ${list}.`,
      remedy: 'Add each to `organizations` of the connection set, with its legal entity, or with null to leave it out.',
    },
  ];
}

function reportStrangers(units: readonly string[]): HealthCheck[] {
  if (units.length === 0) return [];
  return [
    {
      name: NAME,
      status: 'warning',
      message: `The organisation mapping names units that the source does not have: ${units.map((unit) => `'${unit}'`).join(', ')}.`,
      remedy: 'Correct the spelling in `organizations` of the connection set: it must be the name of the unit.',
    },
  ];
}
