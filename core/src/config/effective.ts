import type { Configuration } from './configuration.js';
import { toJson, type JsonValue } from './json.js';
import { childOf, type ConfigNode } from './node.js';

/** The configuration in force, for people: defaults filled in; secrets as a mask and the reference that they came from. */
export function effectiveConfiguration(configuration: Configuration): JsonValue {
  const { plugins, connections, connectionSets, integrations, store, logging, sections, root } = configuration;
  const brought = (to?: string) =>
    Object.fromEntries(
      sections.filter(({ integration }) => integration === to).map(({ name, settings }) => [name, settings]),
    );
  const shape = {
    plugins: plugins.map(({ name }) => name),
    connections: record(connections, ({ kind, options }) => ({ kind, ...options })),
    connectionSets: record(connectionSets, (set) => ({
      connections: Object.fromEntries(set.connections),
      organizations: Object.fromEntries(set.organizations),
      timeZone: set.timeZone,
    })),
    integrations: record(integrations, ({ name, maxQuarantined, maxDeletes, tasks, ...integration }) => ({
      template: integration.template,
      connectionSet: integration.connectionSet,
      parameters: integration.parameters,
      fields: integration.fields,
      overrides: integration.overrides,
      ...(maxQuarantined === undefined ? {} : { maxQuarantined }),
      ...(maxDeletes === undefined ? {} : { maxDeletes }),
      ...(Object.keys(tasks).length === 0 ? {} : { tasks }),
      ...brought(name),
    })),
    store,
    logging,
    ...brought(),
  };
  return masked(toJson(shape) ?? null, root);
}

const record = <From, To>(entries: ReadonlyMap<string, From>, make: (entry: From) => To): Record<string, To> =>
  Object.fromEntries([...entries].map(([name, entry]) => [name, make(entry)]));

/** The value with everything replaced that the tree, at the same place, marks as secret. */
function masked(value: JsonValue, node: ConfigNode | undefined): JsonValue {
  if (node?.kind === 'scalar' && node.mask !== undefined) return node.mask;
  if (Array.isArray(value)) return value.map((item: JsonValue, index) => masked(item, childOf(node, index)));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, masked(entry, childOf(node, key))]));
}
