import { defineErrors, error, type Value } from '@isthmus/core';
import { quoted } from './quoted.js';

export const syncErrors = defineErrors('@isthmus/sync', {
  INTEGRATION_UNKNOWN: error<{ name: string; nearest?: string | undefined; known: string }>({
    recovery: 'fatal',
    message: ({ name, nearest, known }) =>
      `There is no integration '${name}'${nearest ? `; the nearest name is '${nearest}'` : ''} (configured: ${known}).`,
    cause: 'The rc file has no such entry under `integrations`.',
    remedy: 'Correct the name, or add the integration to the rc file.',
  }),
  INTEGRATION_ROLE_MISSING: error<{ role: string; set: string }>({
    recovery: 'fatal',
    message: ({ role, set }) => `The connection set '${set}' has no connection for the role '${role}'.`,
    cause:
      'The template reads from one role and writes to another; the connection set must name a connection for each.',
    remedy: ({ role }) => `Add \`${role}: <connection>\` to the connection set.`,
  }),
  CONNECTION_UNKNOWN: error<{ name: string }>({
    recovery: 'fatal',
    message: ({ name }) => `There is no connection '${name}' of an installed kind.`,
    cause: 'The rc file has no such entry under `connections`, or no installed plugin connects to systems of its kind.',
    remedy: 'Correct the name, or install the connector’s plugin and list it under `plugins`.',
  }),
  INTEGRATION_BUSY: error<{ integration: string; holder: string; since: string }>({
    recovery: 'retry',
    message: ({ integration, holder, since }) =>
      `The integration '${integration}' is being run by another process (${holder}, since ${since}).`,
    cause: 'An integration runs once at a time; two runs at once would write the same rows twice.',
    remedy: 'Wait for the other run to end. A run whose machine has died gives way after a minute.',
  }),
  INTEGRATION_LEASE_LOST: error<{ integration: string }>({
    recovery: 'fatal',
    message: ({ integration }) => `Another process has taken over the integration '${integration}'.`,
    cause: 'This process did not renew its lease in time: it was suspended, or the machine was overloaded.',
    remedy: 'Run again: what was delivered is remembered.',
  }),
  RUN_KILLED: error<{ holder: string }>({
    recovery: 'retry',
    message: ({ holder }) => `The run did not come to its end: its process is gone (${holder}).`,
    cause: 'The process was killed, or its machine went down.',
    remedy: 'Nothing to do: the next run goes on from what was delivered.',
  }),
  TASK_REFERENCE_UNKNOWN: error<{ refersTo: string; template?: string | undefined }>({
    recovery: 'fatal',
    message: ({ refersTo }) =>
      `The integration needs rows of the task '${refersTo}', which no integration of its connection set delivers.`,
    cause:
      'The rows that a lookup refers to are delivered by a template that is not configured for this connection set.',
    remedy: ({ template }) =>
      template
        ? `Add an integration with the template '${template}' to the rc file, on the same connection set.`
        : 'Install the plugin whose template has that task, and add an integration with it to the rc file.',
  }),
  TASK_KEY_COMPOSITE: error<{ refersTo: string; key: readonly string[] }>({
    recovery: 'fatal',
    message: ({ refersTo, key }) =>
      `A lookup refers to rows of the task '${refersTo}', whose key has several fields: ${key.join(', ')}.`,
    cause: 'A lookup gives its field one value, and no single value names such a row.',
    remedy: ({ refersTo }) =>
      `Give the task '${refersTo}' an integration key of one field, or map the field by \`@From\` instead.`,
  }),
  TASK_QUARANTINES_TOO_MUCH: error<{ quarantined: number; read: number; limit: string }>({
    recovery: 'fatal',
    message: ({ quarantined, read, limit }) =>
      `${quarantined} of the ${read} records read so far would be quarantined; \`maxQuarantined\` allows ${limit}.`,
    cause:
      'So many faults at once hint at something that went wrong as a whole: a mapping, a parameter, missing master data.',
    remedy:
      'Look at the causes (`isthmus quarantine list`) and put them right, or raise `maxQuarantined`. The next run goes on where this one stopped.',
  }),
  TASK_DELETES_TOO_MUCH: error<{ rows: number; known: number; limit: string }>({
    recovery: 'fatal',
    message: ({ rows, known, limit }) =>
      `${rows} of the ${known} rows that this task has delivered are gone from the source, and would be deleted or deactivated; \`maxDeletes\` allows ${limit}.`,
    cause:
      'So many at once hint at something else: a privilege that was taken away, a restored copy, another organisation behind the address.',
    remedy:
      'Look at them: `isthmus plan`. If they are right, apply that plan, or raise `maxDeletes` of the task in the rc file. Until then nothing is deleted, and the next run begins where this one stopped.',
  }),
  TASK_UNBALANCED: error<{ read: number; accounted: number }>({
    recovery: 'fatal',
    message: ({ read, accounted }) => `The task read ${read} records and can account for ${accounted}.`,
    cause: 'Every record read must have exactly one outcome. A record without one may be lost.',
    remedy: 'Do not rely on this run. Report it with the run’s number; nothing that was read is marked as done.',
  }),
  PREREQUISITES_MISSING: error<{ failed: string }>({
    recovery: 'fatal',
    message: ({ failed }) => `The integration cannot start: ${failed}`,
    cause: 'Something that the template needs is not there, so every record would be refused.',
    remedy: 'See each line; `isthmus doctor` shows all checks.',
  }),
  RECORD_BREAKS_WRITE: error<{ reason: string }>({
    recovery: 'retry',
    message: ({ reason }) => `The destination fails whenever this row is written, also alone: ${reason}`,
    cause:
      'The service breaks down over the row, or refuses the whole batch instead of the row. All other rows of its batch were written.',
    remedy:
      'Look for the failure in the log of the destination, and correct the row or the service. Every run tries the row again.',
  }),
  WRITE_UNANSWERED: error<{ operation: string }>({
    recovery: 'retry',
    message: ({ operation }) => `The destination gave no answer to the ${operation} of this record.`,
    cause: 'The batch was answered, but not for this record.',
    remedy: 'Run again with `--retry`: the record is looked up before it is written.',
  }),
  ORGANIZATION_MISSING: error<{ path: string }>({
    recovery: 'quarantine',
    message: ({ path }) =>
      `The record names no organisational unit (${path} is empty), so its legal entity is unknown.`,
    cause: 'The legal entity follows from the contracting unit.',
    remedy: 'Set the contracting unit in the source; the record then comes by itself.',
  }),
  ORGANIZATION_UNMAPPED: error<{ unit: string }>({
    recovery: 'quarantine',
    message: ({ unit }) => `The organisational unit '${unit}' is mapped to no legal entity.`,
    cause: 'The organisation mapping of the connection set lacks the unit.',
    remedy: ({ unit }) =>
      `Add \`"${unit}": <legal entity>\` to \`organizations\` of the connection set, or \`null\` to leave the unit out.`,
  }),
  QUARANTINE_FIELD_UNKNOWN: error<{ field: string; task: string; nearest?: string | undefined; known: string }>({
    recovery: 'fatal',
    message: ({ field, task, nearest, known }) =>
      `The task ${task} writes no field '${field}'${nearest ? `; the nearest name is '${nearest}'` : ''} (it writes: ${known}).`,
    cause: 'Only a field that the mapping writes can be given another value.',
    remedy: 'Correct the name; case matters.',
  }),
  QUARANTINE_EDIT_KEY: error<{ field: string }>({
    recovery: 'fatal',
    message: ({ field }) => `${field} is part of the key and cannot be edited.`,
    cause: 'Another key would be another row, and the tie between the two systems would be lost.',
    remedy: 'Correct the key in the source.',
  }),
  QUARANTINE_EDIT_INVALID: error<{ key: string; why: string }>({
    recovery: 'fatal',
    message: ({ key, why }) => `The record ${key} cannot be edited like that: ${why}`,
    cause: 'An edited value must keep the rules of the mapping and the limits of the destination, like any other.',
    remedy: 'Give another value. Nothing was changed.',
  }),
  RECORD_UNKNOWN: error<{ key: string }>({
    recovery: 'fatal',
    message: ({ key }) => `No task has found a record '${key}' in its source.`,
    cause: 'It is deleted, belongs to another legal entity or integration, or is known under another key.',
    remedy: 'Give the integration key as the destination has it (several fields parted by slashes), or the source id.',
  }),
  RECORD_GONE: error<{ mode: string }>({
    recovery: 'defer',
    message: ({ mode }) => `The row is gone from the source; the one in the destination is still to be ${mode}.`,
    cause: 'Rows are deleted or deactivated when all tasks are done, children first. The run ended before that.',
    remedy: 'The next run does it. `isthmus quarantine drop` leaves the row in the destination as it is.',
  }),
  RECORD_WAITS: error<{ task: string; key: string }>({
    recovery: 'defer',
    message: ({ task, key }) => `The record waits for ${key} of the task ${task}, which has not been delivered yet.`,
    cause: 'It refers to a row that is not in the destination: not synchronised yet, filtered out, or in quarantine.',
    remedy:
      'Where `isthmus errors` shows that row, put it right; where it does not, a filter leaves the row out (`isthmus templates show`) or the source no longer has it. This record follows by itself.',
  }),
  RECORD_REFERENCE_UNREADABLE: error<{ task: string }>({
    recovery: 'quarantine',
    message: ({ task }) =>
      `The record refers to a row of the task ${task} that has no number, is gone, or may not be read.`,
    cause:
      'The lookup is set, but the key of the row behind it is empty. Writing nothing would cut the tie in the destination.',
    remedy: 'Give the row that it refers to its number, point the lookup at another one, or grant read access to it.',
  }),
  RECORD_IN_CIRCLE: error<{ circle: string; key: string }>({
    recovery: 'retry',
    message: ({ circle }) => `The record waits for itself: ${circle}.`,
    cause: 'Rows refer to each other in a circle, such as two tasks of which each is the parent of the other.',
    remedy: 'Correct one of the references in the source; all of them then come by themselves.',
  }),
  RECORD_NEED_MISSING: error<{ what: string; value: string; where: string; remedy: string }>({
    recovery: 'retry',
    message: ({ what, value, where }) => `There is no ${what} ${value} ${where}.`,
    cause: 'The destination would refuse the record: something that its users keep is not there.',
    remedy: ({ remedy }) => `${remedy} The next run tries the record again by itself.`,
  }),
  RECORD_NEED_UNFIT: error<{
    what: string;
    value: string;
    where: string;
    field: string;
    present: string;
    allowed: string;
    remedy: string;
  }>({
    recovery: 'retry',
    message: ({ what, value, where, field, present, allowed }) =>
      `The ${what} ${value} ${where} has the ${field} ${present}; only ${allowed} can take the record.`,
    cause: 'The row that the record belongs to is of a kind that takes no such records.',
    remedy: ({ remedy }) => `${remedy} The next run tries the record again by itself.`,
  }),
  PLAN_MUST_NOT_WRITE: error<{ what: string }>({
    recovery: 'fatal',
    message: ({ what }) => `Something wanted to write while a plan was made: ${what}.`,
    cause: 'Making a plan only reads. A hook or a prerequisite of a plugin writes where it should only look.',
    remedy: 'Report it to the author of the plugin: hooks are told by `dryRun`. Nothing was written.',
  }),
  PLAN_FILE_UNUSABLE: error<{ file: string; detail: string }>({
    recovery: 'fatal',
    message: ({ file, detail }) => `The plan ${file} cannot be read or written: ${detail}.`,
    cause: 'The file or its folder does not exist, or this user may not read or write it, or the disk is full.',
    remedy: 'Check the name, the folder and its permissions.',
  }),
  RECORD_CONFLICT: error<{ field: string; last?: Value; values: Readonly<Record<string, Value>> }>({
    recovery: 'retry',
    message: ({ field, last, values }) =>
      `Both sides have changed ${field}: ${Object.entries(values)
        .map(([side, value]) => `${quoted(value)} in ${side}`)
        .join(', ')}${last === undefined ? '' : `; ${quoted(last)} before`}.`,
    cause: 'Both sides may change the field, and no side has been named whose value holds where both have.',
    remedy:
      'Decide: `isthmus conflicts resolve`. Or give both sides the same value: every run compares them again by itself.',
  }),
  CONFLICT_SIDE_UNKNOWN: error<{ side: string; known: string }>({
    recovery: 'fatal',
    message: ({ side, known }) => `There is no side '${side}' whose value could be kept (there are: ${known}).`,
    cause: 'The sides are called as the template of the integration calls them.',
    remedy: 'Name one of the two sides. Nothing was changed.',
  }),
  RECORD_LOOKUP_MISSING: error<{ entity: string; key: string; value: string }>({
    recovery: 'retry',
    message: ({ entity, key, value }) => `The destination has no row of ${entity} whose ${key} is '${value}'.`,
    cause: 'The record names a row of the other system that is not there, or that may not be read.',
    remedy: 'Create that row, or correct its key. The next run tries the record again by itself.',
  }),
  RECORD_TO_CHANGE_MISSING: error<{ entity: string; key: string }>({
    recovery: 'retry',
    message: ({ entity, key }) =>
      `The destination has no row of ${entity} with the key ${key}, and none may be created.`,
    cause: 'The template changes rows that are there. This one has been deleted, or was never set up.',
    remedy:
      'Set the row up in the destination, or take it out of the source. The next run tries the record again by itself.',
  }),
  PLAN_NOT_A_PLAN: error<{ file: string }>({
    recovery: 'fatal',
    message: ({ file }) => `${file} is no plan of Isthmus.`,
    cause: 'Its first line is not the header that `isthmus plan --out` writes.',
    remedy: 'Name the file that `isthmus plan --out FILE` has written.',
  }),
  PLAN_FORMAT_UNKNOWN: error<{ file: string; found: string; known: number }>({
    recovery: 'fatal',
    message: ({ file, found, known }) => `The plan ${file} has format ${found}; this version knows format ${known}.`,
    cause: 'Another version of Isthmus has written it.',
    remedy: 'Make the plan again with this version.',
  }),
  PLAN_ALTERED: error<{ file: string; detail: string }>({
    recovery: 'fatal',
    message: ({ file, detail }) => `The plan ${file} is not as it was written: ${detail}.`,
    cause:
      'It was edited by hand, or only a part of it was copied. A plan is carried out as it was decided, or not at all.',
    remedy:
      'Make the plan again. What it should do otherwise is said in the source, in the rc file or by `isthmus quarantine`.',
  }),
  PLAN_OTHER_STORE: error<{ file: string }>({
    recovery: 'fatal',
    message: ({ file }) => `The plan ${file} was made with another store.`,
    cause:
      'What was delivered before is known by the store; with another one, the same plan could mean something else.',
    remedy: 'Apply it where it was made, with the same `store` in the rc file, or make the plan again.',
  }),
  PLAN_OTHER_VERSION: error<{ file: string; found: string; present: string }>({
    recovery: 'fatal',
    message: ({ file, found, present }) => `The plan ${file} was made by Isthmus ${found}; this is ${present}.`,
    cause: 'Another version may map the same rows otherwise.',
    remedy: 'Make the plan again with this version.',
  }),
  PLAN_OUTDATED: error<{ what: string }>({
    recovery: 'fatal',
    message: ({ what }) => `The plan was made under another configuration: ${what}.`,
    cause:
      'The rc file, a template or an address has changed since the plan was made; the same rows may map to something else.',
    remedy: 'Make the plan again, or put the configuration back.',
  }),
  PLAN_DRIFTED: error<{ record: string; side: string; planned: string; present: string; field?: string | undefined }>({
    recovery: 'fatal',
    message: ({ record, side, planned, present, field }) =>
      `${record} is not as it was planned: in the ${side}, ${field === undefined ? '' : `${field} `}is ${present}; the plan has ${planned}.`,
    cause:
      'It has changed since the plan was made. What comes before it in the plan was carried out; it and the rest were left alone.',
    remedy: 'Make the plan again: it shows what is left to do, with this change.',
  }),
  RECORD_ID_EMPTY: error<{ path: string }>({
    recovery: 'fatal',
    message: ({ path }) => `A row of the source has no ${path}.`,
    cause: 'The primary key is missing from the answer, so the row could not be accounted for.',
    remedy: 'Check the entity name and primary key of the mapping.',
  }),
});
