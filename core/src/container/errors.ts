import { defineErrors, error } from '../errors/index.js';

export const containerErrors = defineErrors('@isthmus/core', {
  CONTAINER_UNRESOLVED: error<{ token: string; chain: string }>({
    recovery: 'fatal',
    message: ({ token, chain }) => `Nothing provides '${token}' (asked for by ${chain}).`,
    cause: 'A plugin needs something that no installed plugin registers.',
    remedy: 'Install the plugin that provides it and list it under `plugins` in the rc file.',
  }),
  CONTAINER_FACTORY_FAILED: error<{ token: string; chain: string; message: string }>({
    recovery: 'fatal',
    message: ({ token, chain, message }) => `'${token}' could not be made (${chain}): ${message}`,
    cause: 'The constructor or factory that a plugin registered has failed.',
    remedy: 'Look at the message; it is the plugin’s own.',
  }),
});
