import {
  builtIn,
  CLOCK,
  CONNECTORS,
  environmentSecrets,
  fileSecrets,
  Plugin,
  provide,
  SECRET_SOURCES,
  STATE_STORE,
  systemClock,
  type LoadedPlugin,
} from '@isthmus/core';
import { dataverseConnector } from '@isthmus/dataverse';
import { finopsConnector, publicCollectionOf } from '@isthmus/finops';
import { openSqliteStore } from '@isthmus/store';
import { VERSION } from './version.js';

@Plugin({
  name: '@isthmus/cli',
  core: '*',
  providers: [
    provide(CLOCK, { useValue: systemClock }),
    provide(SECRET_SOURCES, { useValue: environmentSecrets(process.env) }),
    provide(SECRET_SOURCES, { useValue: fileSecrets() }),
  ],
})
class Surroundings {}

@Plugin({ name: '@isthmus/dataverse', core: '*', providers: [provide(CONNECTORS, { useValue: dataverseConnector })] })
class Dataverse {}

@Plugin({
  name: '@isthmus/finops',
  core: '*',
  providers: [provide(CONNECTORS, { useValue: { ...finopsConnector, wireName: publicCollectionOf } })],
})
class Finops {}

@Plugin({
  name: '@isthmus/store',
  core: '*',
  providers: [provide(STATE_STORE, { useValue: { open: openSqliteStore } })],
})
class Store {}

/** What ships with the command: registered before the plugins of the rc file, which may therefore replace it. */
export const builtInPlugins: readonly LoadedPlugin[] = [Surroundings, Dataverse, Finops, Store].map((plugin) =>
  builtIn(plugin, VERSION),
);
