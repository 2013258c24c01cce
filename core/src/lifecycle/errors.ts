import { defineErrors, error } from '../errors/index.js';

export const lifecycleErrors = defineErrors('@isthmus/core', {
  LIFECYCLE_HOOK_FAILED: error<{ hook: string; message: string }>({
    recovery: 'fatal',
    message: ({ hook, message }) => `The hook '${hook}' failed: ${message}`,
    cause: 'Code of the named plugin has thrown.',
    remedy: 'Report it to the author of the plugin, or remove the plugin from the rc file.',
  }),
  LIFECYCLE_OPERATIONS_LOST: error<{ before: number; after: number }>({
    recovery: 'fatal',
    message: ({ before, after }) => `A beforeWrite hook was given ${before} operations and returned ${after}.`,
    cause: 'A hook may change operations, never drop or add one: every record must have an outcome.',
    remedy: 'Return one operation for each, in the same order.',
  }),
});
