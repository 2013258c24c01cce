import { defineErrors, error } from '../errors/index.js';

export const secretErrors = defineErrors('@isthmus/core', {
  SECRET_UNREADABLE: error<{ source: string; reason: string }>({
    recovery: 'fatal',
    message: ({ source, reason }) => `The secret in ${source} cannot be read (${reason}).`,
    cause: 'The file is there, but this user may not read it, or it is a folder.',
    remedy: 'Correct the path or the permissions of the file.',
  }),
});
