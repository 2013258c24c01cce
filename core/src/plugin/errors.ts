import { defineErrors, error } from '../errors/index.js';

export const pluginErrors = defineErrors('@isthmus/core', {
  PLUGIN_NOT_FOUND: error<{ name: string; from: string }>({
    recovery: 'fatal',
    message: ({ name, from }) => `The plugin '${name}' cannot be found from ${from}.`,
    cause: 'Plugins are resolved from the file that names them, and the package is not installed there.',
    remedy: ({ name }) =>
      name.startsWith('.') ? 'Correct the path.' : `Run \`npm install ${name}\` in the folder of that file.`,
  }),
  PLUGIN_FAILED_TO_LOAD: error<{ name: string; message: string }>({
    recovery: 'fatal',
    message: ({ name, message }) => `The plugin '${name}' could not be loaded: ${message}`,
    cause: 'Importing the plugin’s module has thrown.',
    remedy:
      'Look at the message; reinstall the plugin, or report it to its author. A plugin of your own: compile it with `experimentalDecorators` and `emitDecoratorMetadata`.',
  }),
  PLUGIN_NOT_A_PLUGIN: error<{ name: string }>({
    recovery: 'fatal',
    message: ({ name }) => `'${name}' is a module, but its default export is not a plugin.`,
    cause: 'A plugin package exports as default a class that is decorated with @Plugin.',
    remedy: 'Check the name; if it is your own plugin, export the decorated class as default.',
  }),
  PLUGIN_INCOMPATIBLE: error<{ name: string; wanted: string; actual: string }>({
    recovery: 'fatal',
    message: ({ name, wanted, actual }) => `The plugin '${name}' needs @isthmus/core ${wanted}; this is ${actual}.`,
    cause: 'The plugin was made for another version of core.',
    remedy: 'Install a version of the plugin for this core, or the core that the plugin needs.',
  }),
  PLUGIN_DOUBLE: error<{ name: string }>({
    recovery: 'fatal',
    message: ({ name }) => `The plugin '${name}' is listed twice.`,
    cause: 'Two entries of `plugins` lead to the same plugin, perhaps through `extends`.',
    remedy: 'Remove one of the two entries.',
  }),
  PACKAGE_DUPLICATE: error<{ package: string; ours: string; theirs: string }>({
    recovery: 'fatal',
    message: ({ package: name, ours, theirs }) => `There are two copies of ${name}: ${ours} and ${theirs}.`,
    cause: 'The package keeps its rules in the module; with two copies the plugin’s rules would silently not apply.',
    remedy: 'Run `npm dedupe`, or install the same version in both places, so that one copy remains.',
  }),
});
