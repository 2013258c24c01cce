import { defineErrors, error, type IsthmusError } from '@isthmus/core';

export const cliErrors = defineErrors('@isthmus/cli', {
  CLI_USAGE: error<{ message: string }>({
    recovery: 'fatal',
    message: ({ message }) => message,
    cause: 'The command line has a command, an argument or an option that is not understood.',
    remedy: '`isthmus --help` lists the commands, `isthmus COMMAND --help` shows one, with examples.',
  }),
  CLI_UNEXPECTED: error<{ message: string }>({
    recovery: 'fatal',
    message: ({ message }) => `Something failed that should not: ${message}`,
    cause: 'The program has met a situation that it was not made for.',
    remedy: 'Run the command again with --debug, and report what it prints.',
  }),
  CLI_PLUGINS_INVALID: error<{ count: number; faults: readonly IsthmusError[] }>({
    recovery: 'fatal',
    message: ({ count }) => `${count} faults were found in the plugins.`,
    cause: 'Plugins are loaded before anything else, because they decide what the rc file may say.',
    remedy: 'Put right each of the faults.',
  }),
  CLI_INTEGRATION_NOT_CHOSEN: error<{ known: string }>({
    recovery: 'fatal',
    message: ({ known }) => `Which integration? The rc file has: ${known}.`,
    cause: 'There are several integrations, and the command line names none of them.',
    remedy: 'Name one or more, or run all of them with --all.',
  }),
  CLI_INTEGRATION_AND_ALL: error({
    recovery: 'fatal',
    message: () => 'Integrations are named, and --all is given as well.',
    cause: 'The two contradict each other.',
    remedy: 'Either name integrations or give --all.',
  }),
  CLI_INTEGRATION_NONE: error({
    recovery: 'fatal',
    message: () => 'The rc file has no integrations.',
    cause: 'A run carries out the entries of `integrations`, and there are none.',
    remedy: 'Add one to the rc file; `isthmus templates` lists what can be integrated.',
  }),
  CLI_RUN_UNKNOWN: error<{ run: string }>({
    recovery: 'fatal',
    message: ({ run }) => `There is no run '${run}'.`,
    cause: 'The run history of this store does not have it.',
    remedy: '`isthmus history` lists the runs, newest first.',
  }),
  CLI_RECORD_UNKNOWN: error<{ key: string }>({
    recovery: 'fatal',
    message: ({ key }) => `No record with the key '${key}' is held.`,
    cause: 'It was delivered, or it never came; only records that wait or are quarantined are kept.',
    remedy: '`isthmus errors --json` lists every held record with its key and source id.',
  }),
  CLI_RECORD_AMBIGUOUS: error<{ key: string; tasks: string }>({
    recovery: 'fatal',
    message: ({ key, tasks }) => `Several held records have the key '${key}' (tasks: ${tasks}).`,
    cause: 'Keys are unique within a task and a legal entity only.',
    remedy: 'Say which one with --task, --integration or --legal-entity, or give its source id.',
  }),
  CLI_CHECKPOINT_MISSING: error<{ task: string; kept: number }>({
    recovery: 'fatal',
    message: ({ task, kept }) => `${task} cannot go back that far: it has ${kept} earlier checkpoints.`,
    cause: 'A task has a checkpoint for each of its last complete runs, and the last ten are kept.',
    remedy: 'Go back less far, or start anew: `isthmus state reset`.',
  }),
  CLI_NOTHING_TO_UNDO: error({
    recovery: 'fatal',
    message: () => 'There is no change of the state to take back.',
    cause: 'Only rewinding, resetting and importing are undone, the last ten times.',
    remedy: '`isthmus state show` says how things stand.',
  }),
  CLI_STATE_FILE_UNFIT: error<{ file: string; why: string }>({
    recovery: 'fatal',
    message: ({ file, why }) => `${file} cannot be taken over: ${why}.`,
    cause: 'A state fits only the version, the integrations and the systems that it comes from, and only unchanged.',
    remedy: 'Export the state anew. Nothing was changed.',
  }),
  CLI_TASK_UNKNOWN: error<{ task: string; nearest?: string | undefined; known: string }>({
    recovery: 'fatal',
    message: ({ task, nearest, known }) =>
      `There is no task '${task}'${nearest ? `; the nearest name is '${nearest}'` : ''} (configured: ${known}).`,
    cause: 'No template of a configured integration has a task of that name.',
    remedy: 'Correct the name; `isthmus templates show NAME` lists the tasks of a template.',
  }),
  CLI_LEGAL_ENTITY_NONE: error({
    recovery: 'fatal',
    message: () => 'No connection set maps an organisational unit to a legal entity of F&O.',
    cause: 'The parameters of F&O are kept per legal entity, and the rc file names none.',
    remedy: 'Fill in `organizations` of a connection set whose connections include F&O.',
  }),
  CLI_LEGAL_ENTITY_UNKNOWN: error<{ legalEntity: string; known: string }>({
    recovery: 'fatal',
    message: ({ legalEntity, known }) =>
      `The rc file maps nothing to the legal entity '${legalEntity}' (mapped: ${known}).`,
    cause: 'Legal entities are those of the organisation mapping.',
    remedy: 'Name one of them, or leave --legal-entity out for all.',
  }),
  CLI_CODE_UNKNOWN: error<{ code: string; nearest?: string | undefined }>({
    recovery: 'fatal',
    message: ({ code, nearest }) =>
      `There is no error code '${code}'${nearest ? `; the nearest one is ${nearest}` : ''}.`,
    cause: 'None of the installed packages has such an error.',
    remedy: 'Copy the code from the message. A plugin’s own codes are known where an rc file names the plugin.',
  }),
  CLI_FILE_EXISTS: error<{ file: string }>({
    recovery: 'fatal',
    message: ({ file }) => `${file} exists already.`,
    cause: 'An rc file is not overwritten unasked.',
    remedy: 'Edit the file, or replace it with --force.',
  }),
  CLI_FILE_NOT_WRITTEN: error<{ file: string; message: string }>({
    recovery: 'fatal',
    message: ({ file, message }) => `${file} cannot be written: ${message}`,
    cause: 'The folder is missing or read-only, or the disk is full.',
    remedy: 'Check the folder and its permissions, or name another file.',
  }),
  CLI_MARKERS_MISSING: error<{ file: string; begin: string; end: string }>({
    recovery: 'fatal',
    message: ({ file, begin, end }) => `${file} has no place to write to: between ${begin} and ${end}.`,
    cause: 'Generated text is written between two markers, so that nothing else of the file is touched.',
    remedy: 'Put the two markers into the file, each on a line of its own.',
  }),
  CLI_INIT_NEEDS_TERMINAL: error({
    recovery: 'fatal',
    message: () => 'There is no terminal to ask questions on.',
    cause: '`isthmus init` asks for the addresses of the two systems.',
    remedy: 'Write the file with placeholders instead: `isthmus init --yes`.',
  }),
  AUDIT_BROKEN: error<{ number: number; how: 'altered' | 'removed' | 'inserted' }>({
    recovery: 'fatal',
    message: ({ number, how }) => `The audit trail is not as it was written: entry ${number} was ${how}.`,
    cause:
      'Somebody has changed the store with another program, or the disk has. Each entry is chained to the one before it.',
    remedy:
      'Rely on the entries before it only. Compare with a backup of the store; keep the head that `audit verify` prints elsewhere.',
  }),
  CLI_OPTIONS_UNREADABLE: error<{ file: string; message: string }>({
    recovery: 'fatal',
    message: ({ file, message }) => `The options of the sandbox cannot be read from ${file}: ${message}`,
    cause: 'The file is not there, may not be read, or is no JSON.',
    remedy: 'Give a file with one JSON object, such as `{"dataverse": {"expiredDeltaStatus": 410}}`.',
  }),
  CLI_SANDBOX_NOT_FOUND: error<{ asked: string }>({
    recovery: 'fatal',
    message: ({ asked }) => `No sandbox answers${asked ? ` at ${asked}` : ''}.`,
    cause: 'None is running, or the connections of the rc file lead elsewhere.',
    remedy: 'Start one with `isthmus sandbox`, and name one of the URLs that it prints: --url http://127.0.0.1:….',
  }),
  CLI_SANDBOX_REFUSED: error<{ message: string }>({
    recovery: 'fatal',
    message: ({ message }) => `The sandbox refused: ${message}`,
    cause: 'It does not take what was asked of it, or there is no such fault.',
    remedy: '`isthmus sandbox fault add --help` lists what there is; `isthmus sandbox fault list` shows what stands.',
  }),
  RUN_CANCELLED: error({
    recovery: 'retry',
    message: () => 'The run was stopped by the user.',
    cause: 'The process was told to stop. The batch under way was finished and is remembered.',
    remedy: 'Run again: it goes on where it stopped.',
  }),
});
