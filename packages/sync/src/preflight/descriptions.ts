import { pathsRead, type Connector, type EntityDescription, type EntityMap, type Parameters } from '@isthmus/core';

/** By entity name, as templates and lookups name them. */
export type Descriptions = ReadonlyMap<string, EntityDescription>;

/** Entities that a lookup of any of `entities` leads to. */
export const lookupTargets = (hop: string, entities: readonly string[], known: Descriptions): string[] => [
  ...new Set(entities.flatMap((name) => [...(known.get(name)?.lookups.get(hop) ?? [])])),
];

/** The source entities of the tasks, and those that their paths lead to, hop by hop. */
export async function describeSources(
  source: Connector,
  tasks: readonly EntityMap[],
  parameters: Parameters,
): Promise<Descriptions> {
  const known = new Map<string, EntityDescription>();
  const asked = new Set<string>();
  for (let wanted = tasks.map((task) => task.source); wanted.length > 0;) {
    for (const name of wanted) asked.add(name);
    for (const [name, description] of await source.describe(wanted)) known.set(name, description);
    const reached = tasks.flatMap((task) =>
      pathsRead(task, parameters).flatMap((path) => entitiesAlong(path, task.source, known)),
    );
    wanted = [...new Set(reached)].filter((name) => !asked.has(name));
  }
  return known;
}

function entitiesAlong(path: string, entity: string, known: Descriptions): string[] {
  let at = [entity];
  return path
    .split('.')
    .slice(0, -1)
    .flatMap((hop) => (at = lookupTargets(hop, at, known)));
}
