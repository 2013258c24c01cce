import { defineErrors, error, type IsthmusError } from '../errors/index.js';
import { nearest } from '../text/index.js';

/** A name that nothing goes by, the names that there are, and the one that was probably meant. */
export interface UnknownName {
  readonly name: string;
  readonly nearest?: string | undefined;
  readonly known: readonly string[];
}

export const unknownName = (name: string, known: readonly string[]): UnknownName => ({
  name,
  nearest: nearest(name, known),
  known,
});

const alternatives = ({ nearest, known }: UnknownName): string =>
  nearest ? `; did you mean '${nearest}'?` : ` (there is ${known.join(', ') || 'none'}).`;

/** @param otherwise what to do where the name is right */
const unknown = (thing: string, cause: string, otherwise: string) =>
  error<UnknownName>({
    recovery: 'fatal',
    message: (particulars) => `There is no ${thing} '${particulars.name}'${alternatives(particulars)}`,
    cause,
    remedy: ({ nearest }) => `${nearest ? `Write '${nearest}'` : 'Correct the name'}, or ${otherwise}.`,
  });

export const configErrors = defineErrors('@isthmus/core', {
  CONFIG_NOT_FOUND: error<{ where: string; places: readonly string[] }>({
    recovery: 'fatal',
    message: ({ where, places }) =>
      `There is no rc file ${where}${places.length > 0 ? ` (searched: ${places.join(', ')})` : ''}.`,
    cause: 'Neither this folder nor one above it has a file that configures Isthmus, or `--config` names none.',
    remedy: 'Run `isthmus init` to write one, or name yours with `--config`.',
  }),
  CONFIG_UNREADABLE: error<{ file: string; reason: string }>({
    recovery: 'fatal',
    message: ({ file, reason }) => `${file} cannot be read: ${reason}.`,
    cause: 'The file is not valid YAML, JSON or JavaScript, or this user may not read it.',
    remedy: 'Correct the file at the place named.',
  }),
  CONFIG_EXTENDS_MISSING: error<{ name: string; file: string }>({
    recovery: 'fatal',
    message: ({ name, file }) => `'${name}', which ${file} extends, cannot be found.`,
    cause:
      'A base is looked for from the file that names it: a path begins with ./ or ../, anything else is a package.',
    remedy: ({ name }) =>
      name.startsWith('.')
        ? 'Correct the path.'
        : `Install the package, or write './${name}' for a file beside this one.`,
  }),
  CONFIG_EXTENDS_CYCLE: error<{ chain: readonly string[] }>({
    recovery: 'fatal',
    message: ({ chain }) => `The files extend each other in a circle: ${chain.join(' → ')}.`,
    cause: 'A file extends, perhaps by way of others, itself.',
    remedy: 'Remove one `extends` of the circle.',
  }),
  CONFIG_SHADOWED: error<{ ignored: string; used: string }>({
    recovery: 'skip',
    message: ({ ignored, used }) => `${ignored} is ignored, because ${used} comes first.`,
    cause: 'Two rc files stand in the same folder, and only the first in the order of search is read.',
    remedy: 'Remove one of the two, or name the other with `--config`.',
  }),
  CONFIG_INVALID: error<{ file: string; faults: readonly IsthmusError[] }>({
    recovery: 'fatal',
    message: ({ file, faults }) => `${file} has ${faults.length === 1 ? '1 fault' : `${faults.length} faults`}.`,
    cause: 'Something in the rc file is unknown, missing or of the wrong kind; every fault has its own code and place.',
    remedy: 'Correct the faults listed; `isthmus config check` shows what remains.',
  }),
  CONFIG_UNKNOWN_KEY: unknown(
    'key',
    'The key is misspelled, stands at the wrong level, or belongs to another plugin.',
    'remove the key',
  ),
  CONFIG_WRONG_TYPE: error<{ got: string; wanted: string }>({
    recovery: 'fatal',
    message: ({ got, wanted }) => `Got ${got}, wanted ${wanted}.`,
    cause: 'The value is of another kind than the key takes.',
    remedy: ({ got, wanted }) =>
      wanted.startsWith('a string') && /number|true|false/.test(got)
        ? 'Put the value in quotes.'
        : `Write ${wanted}; \`isthmus config schema\` shows what every key takes.`,
  }),
  CONFIG_WRONG_VALUE: error<{ got: string; wanted: string; nearest?: string | undefined }>({
    recovery: 'fatal',
    message: ({ got, wanted, nearest }) =>
      `Got ${got}, wanted ${wanted}${nearest ? `; did you mean '${nearest}'?` : '.'}`,
    cause: 'The value is of the right kind, but not one that the key takes.',
    remedy: ({ wanted }) => `Write ${wanted}.`,
  }),
  CONFIG_MISSING_KEY: error<{ name: string }>({
    recovery: 'fatal',
    message: ({ name }) => `The key '${name}' is missing.`,
    cause: 'The key has no default, because none would be right for most.',
    remedy: ({ name }) => `Add '${name}'; \`isthmus config schema\` describes it.`,
  }),
  CONFIG_RULE: error<{ got: string; rule: string }>({
    recovery: 'fatal',
    message: ({ got, rule }) => `Got ${got}; ${rule}.`,
    cause: 'The value breaks a rule of the connection kind or template that it is for.',
    remedy: ({ rule }) => `Correct the value: ${rule}.`,
  }),
  CONFIG_UNKNOWN_CONNECTION: unknown(
    'connection',
    'A connection set names a connection that `connections` does not have.',
    'add the connection under `connections`',
  ),
  CONFIG_UNKNOWN_CONNECTION_KIND: unknown(
    'connection kind',
    'No installed plugin can connect to a system of this kind.',
    'list the plugin that brings it under `plugins`',
  ),
  CONFIG_UNKNOWN_CONNECTION_SET: unknown(
    'connection set',
    'An integration names a connection set that `connectionSets` does not have.',
    'add the set under `connectionSets`',
  ),
  CONFIG_MISSING_ROLE: error<{ role: string; set: string; template: string; nearest?: string | undefined }>({
    recovery: 'fatal',
    message: ({ role, set, template, nearest }) =>
      `The template '${template}' needs the role '${role}', which the connection set '${set}' does not fill${
        nearest ? `; is '${nearest}' meant for it?` : '.'
      }`,
    cause: 'A template names the two sides of its direction by roles, and the connection set gives each a connection.',
    remedy: ({ role, set }) => `Add '${role}' under \`connectionSets.${set}.connections\`.`,
  }),
  CONFIG_UNKNOWN_TEMPLATE: unknown(
    'template',
    'No installed plugin ships the template.',
    'list the plugin that ships it under `plugins`',
  ),
  CONFIG_UNKNOWN_TASK: unknown(
    'task',
    'Overrides are given per task, and the template of the integration has no task of this name.',
    'remove the override',
  ),
  CONFIG_UNKNOWN_OPTIONAL_FIELD: unknown(
    'optional field',
    '`fields` switches on what the template leaves off; its other fields are always on.',
    'add a new field under `overrides`, with `from` or `constant`',
  ),
  CONFIG_UNKNOWN_FIELD: unknown(
    'field',
    'An override of a field that the task lacks must say where its value comes from.',
    'add `from` or `constant` to make it a new field',
  ),
  CONFIG_FIELD_ADDED: error<{ name: string; nearest: string }>({
    recovery: 'skip',
    message: ({ name, nearest }) => `The override adds a new field '${name}'; the task has a '${nearest}'.`,
    cause: 'The field is not one of the template’s, but its name is much like one of them.',
    remedy: ({ nearest }) => `Write '${nearest}' if that one was meant.`,
  }),
  CONFIG_SECRET_MISSING: error<{ reference: string }>({
    recovery: 'fatal',
    message: ({ reference }) => `${reference} leads to nothing.`,
    cause: 'The environment variable is not set, the file is not there, or it is empty.',
    remedy: ({ reference }) => `Provide what ${reference} stands for, or correct the reference.`,
  }),
  CONFIG_UNKNOWN_REFERENCE: error<{ reference: string; known: readonly string[]; nearest?: string | undefined }>({
    recovery: 'fatal',
    message: ({ reference, known, nearest }) =>
      `${reference} is not a reference that can be resolved (there is ${known.join(', ')})${
        nearest ? `; did you mean ${nearest}?` : '.'
      }`,
    cause: 'A reference names its source and, after a colon, what to look up there.',
    remedy: 'Write for example ${env:NAME} or ${file:path}; $${ stands for a literal ${.',
  }),
  CONFIG_SECRET_IN_CLEAR: error<{ name: string }>({
    recovery: 'skip',
    message: ({ name }) => `The secret '${name}' stands in the file in clear text.`,
    cause: 'Files are copied, committed and mailed; their secrets with them.',
    remedy: 'Move it to an environment variable or a file, and refer to it: ${env:NAME} or ${file:path}.',
  }),
});
