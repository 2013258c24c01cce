export { pluginErrors } from './errors.js';
export { builtIn, PluginHost } from './host.js';
export { loadPlugins } from './load.js';
export type { LoadedPlugin, PluginReference } from './load.js';
export { corePackage, packageOf } from './package-info.js';
export type { PackageInfo } from './package-info.js';
export { isPlugin, Plugin, pluginOf, provide } from './plugin.js';
export type { PluginClass, PluginDeclaration, PluginProvider } from './plugin.js';
export { CLOCK, CONFIGURATION_SECTIONS, CONNECTORS, SECRET_SOURCES, STATE_STORE } from './tokens.js';
