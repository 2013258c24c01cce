import { loadPlugins, PluginHost } from '@isthmus/core';
import { Connections } from '@isthmus/sync';
import type { Session } from '../session.js';
import { findDocument, install, openStore, validate, type Installation, type Workspace } from '../workspace.js';
import { examineConnections } from './connections.js';
import { fromError, fromFailure, ok, type Finding } from './finding.js';
import { examineIntegrations } from './integrations.js';
import { examineVersions } from './versions.js';

type Findings = AsyncGenerator<Finding, void, void>;

export interface ExamineOptions {
  /** Asks both systems for their metadata, however recently that was done. */
  readonly fresh?: boolean;
}

/** Everything that a run needs, in the order in which it needs it. Goes on as far as what was found lets it. */
export async function* examine(session: Session, { fresh = false }: ExamineOptions = {}): Findings {
  yield* examineVersions();
  let document;
  try {
    document = await findDocument(session);
  } catch (thrown) {
    return yield* fromFailure('rc file', 'file', thrown);
  }
  yield ok('rc file', 'file', document.file);

  const { plugins, faults } = await loadPlugins(document.plugins);
  for (const { name, version, path } of plugins) yield ok('plugins', name, `${version} in ${path}`);
  for (const fault of faults) yield fromError('plugins', 'plugin', fault, 'failed');
  if (faults.length > 0) return;
  yield ok('plugins', 'duplicates', 'One copy each of core and of the libraries that keep state.');

  const host = new PluginHost();
  try {
    yield* examineInstallation(session, { document, host, installed: await install(host, plugins) }, fresh);
  } catch (thrown) {
    yield* fromFailure('plugins', 'plugins', thrown);
  } finally {
    await host.dispose();
  }
}

async function* examineInstallation(session: Session, installation: Installation, fresh: boolean): Findings {
  let configuration;
  try {
    configuration = await validate(session, installation);
  } catch (thrown) {
    return yield* fromFailure('configuration', 'content', thrown);
  }
  for (const warning of configuration.warnings) yield fromError('configuration', 'content', warning, 'warning');
  yield ok('configuration', 'content', 'Keys, types, names and secrets are in order.');

  const workspace = { ...installation, configuration };
  yield* examineStore(workspace);
  const connections = new Connections(configuration, installation.host);
  try {
    const unusable = new Set<string>();
    yield* examineConnections(configuration, connections, unusable, fresh);
    yield* examineIntegrations(workspace, connections, unusable);
  } finally {
    await connections.close();
  }
}

async function* examineStore(workspace: Workspace): Findings {
  const { path } = workspace.configuration.store;
  try {
    const store = await openStore(workspace);
    await store.runs.list(1);
    await store.close();
    yield ok('store', 'state', path);
  } catch (thrown) {
    yield* fromFailure('store', 'state', thrown);
  }
}
