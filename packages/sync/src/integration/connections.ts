import { dirname, join } from 'node:path';
import { CLOCK, CONNECTORS, type Configuration, type Connector, type PluginHost, type TextCache } from '@isthmus/core';
import { syncErrors } from '../errors.js';
import { FileCache } from './file-cache.js';

/** Connectors by connection name, made when first asked for and shared by everything in the run. */
export class Connections {
  private readonly open = new Map<string, Connector>();

  /** Beside the store. */
  private readonly cache: TextCache;

  /** @param seen how the connectors are seen by whoever asks for them */
  constructor(
    private readonly configuration: Configuration,
    private readonly host: PluginHost,
    private readonly seen: (connector: Connector) => Connector = (connector) => connector,
  ) {
    this.cache = new FileCache(join(dirname(configuration.store.path), 'metadata'));
  }

  get(name: string): Connector {
    const present = this.open.get(name);
    if (present) return present;
    const settings = this.configuration.connections.get(name);
    const factory = this.host.container.resolveAll(CONNECTORS).find(({ kind }) => kind === settings?.kind);
    if (!settings || !factory) {
      throw syncErrors.CONNECTION_UNKNOWN({ name });
    }
    const services = { events: this.host.events, clock: this.host.container.resolve(CLOCK), cache: this.cache };
    const connector = this.seen(factory.create({ name, options: settings.options }, services));
    this.open.set(name, connector);
    return connector;
  }

  async close(): Promise<void> {
    await Promise.all([...this.open.values()].map((connector) => connector.close()));
    this.open.clear();
  }
}
