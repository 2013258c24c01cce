import {
  builtIn,
  CLOCK,
  environmentSecrets,
  fileSecrets,
  Plugin,
  provide,
  SECRET_SOURCES,
  systemClock,
  type LoadedPlugin,
} from '@isthmus/core';
import { DataversePlugin } from '@isthmus/dataverse';
import { FinopsPlugin } from '@isthmus/finops';
import { ServicePlugin } from '@isthmus/service';
import { StorePlugin } from '@isthmus/store';
import { TelemetryPlugin } from '@isthmus/telemetry';
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

/** What ships with the command: registered before the plugins of the rc file, which may therefore replace it. */
export const builtInPlugins: readonly LoadedPlugin[] = [
  Surroundings,
  DataversePlugin,
  FinopsPlugin,
  StorePlugin,
  ServicePlugin,
  TelemetryPlugin,
].map((plugin) => builtIn(plugin, VERSION));
