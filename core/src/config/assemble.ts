import { dirname, resolve } from 'node:path';
import { DEFAULTS, type Configuration, type ConnectionSet, type Integration } from './configuration.js';
import { findTemplate, type InstalledPieces } from './installed.js';
import { nodeAt, type ConfigNode, type Path } from './node.js';
import { placeOf } from './place.js';
import type { RawConfiguration, RawConnectionSet, RawIntegration } from './raw.js';

type Assembled = Pick<Configuration, 'connections' | 'connectionSets' | 'integrations' | 'store' | 'logging'>;

interface Parts {
  readonly file: string;
  readonly root: ConfigNode;
  readonly installed: InstalledPieces;
  /** The instance of the parameter class at a path. */
  readonly instanceAt: (path: Path) => object;
}

/** A document that has been found valid, in the shape in which the rest of the program uses it. */
export function assemble(raw: RawConfiguration, parts: Parts): Assembled {
  const { root, instanceAt } = parts;
  const absolute = (path: Path, given: string) => resolve(dirname(nodeAt(root, path)?.at.file ?? parts.file), given);
  const { store = {}, logging = {} } = raw;
  return {
    connections: named(raw.connections, (name, { kind }) => ({
      name,
      kind,
      options: instanceAt(['connections', name]),
    })),
    connectionSets: named(raw.connectionSets, connectionSet),
    integrations: named(raw.integrations, (name, integration) => integrationOf(name, integration, parts)),
    store: { ...store, path: absolute(['store', 'path'], store.path ?? DEFAULTS.storePath) },
    logging: {
      level: logging.level ?? DEFAULTS.logLevel,
      ...(logging.file === undefined ? {} : { file: absolute(['logging', 'file'], logging.file) }),
    },
  };
}

function named<From, To>(
  entries: Readonly<Record<string, From>> = {},
  make: (name: string, entry: From) => To,
): ReadonlyMap<string, To> {
  return new Map(Object.entries(entries).map(([name, entry]) => [name, make(name, entry)]));
}

const connectionSet = (
  name: string,
  { connections, organizations = {}, timeZone = DEFAULTS.timeZone }: RawConnectionSet,
): ConnectionSet => ({
  name,
  connections: new Map(Object.entries(connections)),
  organizations: new Map(Object.entries(organizations)),
  timeZone,
});

function integrationOf(name: string, raw: RawIntegration, { root, installed, instanceAt }: Parts): Integration {
  const path = ['integrations', name];
  const template = findTemplate(raw.template, installed.templates);
  const { connectionSet: set, fields = [], overrides = {}, maxQuarantined, maxDeletes, tasks = {} } = raw;
  return {
    name,
    template: template ? `${template.name}@${template.version}` : raw.template,
    connectionSet: set,
    parameters: { ...instanceAt([...path, 'parameters']) },
    fields,
    overrides,
    ...(maxQuarantined === undefined ? {} : { maxQuarantined }),
    ...(maxDeletes === undefined ? {} : { maxDeletes }),
    tasks,
    place: placeOf(root, path, 'key'),
  };
}
