import { Container } from '../container/index.js';
import { EventBus } from '../events/index.js';
import { LifecycleRunner } from '../lifecycle/index.js';
import { templateOf, TemplateRegistry } from '../template/index.js';
import type { LoadedPlugin } from './load.js';
import { pluginOf, type PluginClass } from './plugin.js';

/** The installed set: what the plugins have brought, ready to be used. */
export class PluginHost {
  readonly container = Container.root();
  readonly templates = new TemplateRegistry();
  readonly events = new EventBus();
  readonly lifecycle = new LifecycleRunner();
  readonly plugins: LoadedPlugin[] = [];

  /** Registers everything first, then calls the `register` hooks: a hook sees what every plugin brought. */
  async register(plugins: readonly LoadedPlugin[]): Promise<void> {
    for (const plugin of plugins) {
      this.plugins.push(plugin);
      for (const { token, ...provider } of plugin.providers ?? [])
        this.container.register(token, provider, plugin.name);
      for (const template of plugin.templates ?? []) this.templates.add(templateOf(template), plugin.name);
      if (plugin.hooks) this.lifecycle.add(plugin.name, plugin.hooks);
    }
    await this.lifecycle.call('register', this);
  }

  /** Plugins in reverse order, then what the container has made. */
  async dispose(): Promise<void> {
    try {
      await this.lifecycle.call('dispose', { container: this.container });
    } finally {
      await this.container.dispose();
    }
  }
}

/** A plugin that ships with the program rather than being named in the rc file. */
export const builtIn = (plugin: PluginClass, version: string): LoadedPlugin => ({
  ...pluginOf(plugin),
  version,
  path: 'built in',
});
