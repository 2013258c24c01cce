import {
  CONFIGURATION_SECTIONS,
  CONNECTORS,
  findConfiguration,
  loadPlugins,
  PluginHost,
  SECRET_SOURCES,
  STATE_STORE,
  validateConfiguration,
  type Configuration,
  type ConfigurationDocument,
  type InstalledPieces,
  type IsthmusError,
  type LoadedPlugin,
  type StateStore,
} from '@isthmus/core';
import { builtInPlugins } from './built-in.js';
import { cliErrors } from './errors.js';
import { openLog } from './log-file.js';
import type { Output } from './output/index.js';
import type { Session } from './session.js';

/** The rc file and what its plugins bring: enough for whatever needs no valid configuration. */
export interface Installation {
  readonly document: ConfigurationDocument;
  readonly host: PluginHost;
  readonly installed: InstalledPieces;
}

/** Everything checked and ready to work with. */
export interface Workspace extends Installation {
  readonly configuration: Configuration;
}

export const findDocument = ({ options }: Session): Promise<ConfigurationDocument> =>
  findConfiguration({ cwd: process.cwd(), ...(options.config === undefined ? {} : { configPath: options.config }) });

/** Finds the rc file, loads its plugins, and disposes of them when `work` is done. */
export async function withInstallation<T>(
  session: Session,
  work: (installation: Installation) => Promise<T> | T,
): Promise<T> {
  const document = await findDocument(session);
  const { plugins, faults } = await loadPlugins(document.plugins);
  requireNone(faults);
  const host = new PluginHost();
  try {
    return await work({ document, host, installed: await install(host, plugins) });
  } finally {
    await host.dispose();
  }
}

/** As `withInstallation`, with the rc file found valid and its secrets resolved. */
export const withWorkspace = <T>(session: Session, work: (workspace: Workspace) => Promise<T>): Promise<T> =>
  withInstallation(session, async (installation) => {
    const configuration = await validate(session, installation);
    warn(session.output, configuration.warnings);
    const closeLog = await openLog(configuration, installation.host.events, (failure) =>
      warn(session.output, [failure]),
    );
    try {
      return await work({ ...installation, configuration });
    } finally {
      closeLog();
    }
  });

export const withStore = <T>(session: Session, work: (store: StateStore, workspace: Workspace) => Promise<T>) =>
  withWorkspace(session, async (workspace) => {
    const store = await openStore(workspace);
    try {
      return await work(store, workspace);
    } finally {
      await store.close();
    }
  });

export const openStore = ({ host, configuration }: Workspace): Promise<StateStore> =>
  host.container.resolve(STATE_STORE).open(configuration.store);

/** Registers the built-in plugins and those given. */
export async function install(host: PluginHost, plugins: readonly LoadedPlugin[]): Promise<InstalledPieces> {
  await host.register([...builtInPlugins, ...plugins]);
  return {
    connectors: host.container.resolveAll(CONNECTORS),
    templates: host.templates.list().map(({ name, version, title, parameters, tasks, direction }) => ({
      name,
      version,
      title,
      ...(parameters ? { parameters } : {}),
      tasks: tasks.map(({ task, fields }) => ({ name: task, fields })),
      roles: [direction.from, direction.to],
    })),
    sections: host.container.resolveAll(CONFIGURATION_SECTIONS),
  };
}

/** Validates the rc file, makes its secrets unprintable, and lets the plugins have their say. */
export async function validate(
  { output }: Session,
  { document, host, installed }: Installation,
): Promise<Configuration> {
  const configuration = validateConfiguration(document, installed, host.container.resolveAll(SECRET_SOURCES));
  output.protect(configuration.secrets);
  const { container, templates } = host;
  await host.lifecycle.call('configure', { container, integrations: [...configuration.integrations.keys()] });
  await host.lifecycle.call('validate', { container, templates });
  return configuration;
}

function warn(output: Output, warnings: readonly IsthmusError[]): void {
  if (output.json) return;
  for (const warning of warnings) output.note(`${output.sideStyles.yellow('!')} ${warning.toText()}`);
}

function requireNone(faults: readonly IsthmusError[]): void {
  const [first] = faults;
  if (!first) return;
  throw faults.length === 1 ? first : cliErrors.CLI_PLUGINS_INVALID({ count: faults.length, faults });
}
