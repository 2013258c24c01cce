import { defineErrors, error } from '@isthmus/core';

export const errors = defineErrors('@isthmus/sandbox', {
  SANDBOX_HOST_NOT_LOOPBACK: error<{ host: string }>({
    recovery: 'fatal',
    message: ({ host }) => `The sandbox does not listen on ${host}.`,
    cause: 'The sandbox has well-known credentials and is meant for this machine only.',
    remedy: 'Leave the host out, use 127.0.0.1, or allow other addresses explicitly (allowNonLoopback).',
  }),
  SANDBOX_CANNOT_LISTEN: error<{ service: string; host: string; port: number; reason: string }>({
    recovery: 'fatal',
    message: ({ service, host, port, reason }) =>
      `The sandbox's ${service} cannot listen on ${host}:${port} (${reason}).`,
    cause: 'Another process uses the port, or this user may not open it.',
    remedy: 'Stop the other process, or choose another port; port 0 takes a free one.',
  }),
  SANDBOX_SNAPSHOT_UNREADABLE: error<{ file: string }>({
    recovery: 'fatal',
    message: ({ file }) => `The sandbox cannot read its data in ${file}.`,
    cause: 'The file was changed by hand, is cut off, or belongs to another version of the sandbox.',
    remedy: 'Delete the folder to start with a fresh sample company, or put back an intact copy.',
  }),
  SANDBOX_FOLDER_NOT_WRITABLE: error<{ folder: string; reason: string }>({
    recovery: 'fatal',
    message: ({ folder, reason }) => `The sandbox cannot keep its data in ${folder} (${reason}).`,
    cause: 'It is not a folder, cannot be made, or this user may not write there.',
    remedy: 'Choose another folder, or leave it out: the data is then gone when the sandbox stops.',
  }),
  SANDBOX_OPTION_INVALID: error<{ option: string; reason: string }>({
    recovery: 'fatal',
    message: ({ option, reason }) => `The sandbox cannot start as \`${option}\` says: ${reason}.`,
    cause: 'No real environment can be like that.',
    remedy: ({ option }) => `Correct the option \`${option}\`.`,
  }),
  SANDBOX_ENTITY_UNKNOWN: error<{ set: string }>({
    recovery: 'fatal',
    message: ({ set }) => `The sandbox's model has no entity set ${set}.`,
    cause: 'A rule of the sandbox works with an entity that its model does not describe: a fault of the sandbox.',
    remedy: 'Report it, with what was asked of the sandbox.',
  }),
});
