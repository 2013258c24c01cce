import { defineErrors, error } from '@isthmus/core';

/** What the service said to one operation. */
export interface ServiceRefusal {
  readonly status: number;
  /** The service's own, for example `0x80060892`. */
  readonly code?: string | undefined;
  readonly message: string;
}

const said = ({ message, code }: ServiceRefusal): string => (code ? `${message} (${code})` : message);

const suggestion = (nearest: string | undefined): string => (nearest ? `; the nearest name is '${nearest}'` : '');

export const errors = defineErrors('@isthmus/dataverse', {
  DATAVERSE_ENTITY_UNKNOWN: error<{ entity: string; nearest?: string | undefined }>({
    recovery: 'fatal',
    message: ({ entity, nearest }) => `Dataverse has no entity set '${entity}'${suggestion(nearest)}.`,
    cause: 'The solution with the table is not installed, or the name is not that of the entity set.',
    remedy: 'Install the solution, or correct the name in the template.',
  }),
  DATAVERSE_FIELD_UNKNOWN: error<{ entity: string; field: string; nearest?: string | undefined }>({
    recovery: 'fatal',
    message: ({ entity, field, nearest }) => `${entity} has no column '${field}'${suggestion(nearest)}.`,
    cause: 'The metadata of the table does not have the column. Logical names are in lower case.',
    remedy: 'Correct the name in the template or its override, or add the column.',
  }),
  DATAVERSE_LOOKUP_UNKNOWN: error<{ entity: string; hop: string; nearest?: string | undefined }>({
    recovery: 'fatal',
    message: ({ entity, hop, nearest }) => `${entity} has no lookup '${hop}'${suggestion(nearest)}.`,
    cause: 'The metadata of the table has neither a lookup column nor a navigation property of the name.',
    remedy: 'Correct the path in the template or its override.',
  }),
  DATAVERSE_LOOKUP_AMBIGUOUS: error<{ entity: string; hop: string; choices: string }>({
    recovery: 'fatal',
    message: ({ entity, hop }) => `The lookup '${hop}' of ${entity} may point at several tables.`,
    cause: 'A polymorphic lookup has a navigation property for each table that it may point at.',
    remedy: ({ choices }) => `Name the one that is meant: ${choices}.`,
  }),
  DATAVERSE_LOOKUP_TWICE: error<{ entity: string; hop: string }>({
    recovery: 'fatal',
    message: ({ entity, hop }) => `'${hop}' of ${entity} is asked for both as a value and as a row.`,
    cause: 'A row has one place of this name, for either the id or the row that it points at.',
    remedy: ({ hop }) => `Ask for the id as '_${hop}_value'.`,
  }),
  DATAVERSE_TOO_MANY_LOOKUPS: error<{ entity: string; count: number; allowed: number }>({
    recovery: 'fatal',
    message: ({ entity, count, allowed }) =>
      `The paths follow ${count} lookups from ${entity}; ${allowed} are allowed.`,
    cause: 'The service limits how many lookups one query may expand.',
    remedy: 'Switch off fields that follow lookups, or divide the task.',
  }),
  DATAVERSE_LOOKUP_VALUE_UNUSABLE: error<{ field: string; entity: string; value: string }>({
    recovery: 'quarantine',
    message: ({ entity, value }) => `'${value}' is no id, and ${entity} has no single alternate key to find it by.`,
    cause: 'A lookup is written as the id of a row, or as the value of the one alternate key that the other table has.',
    remedy: 'Map a field with the id, or define an alternate key of one column on the other table.',
  }),
  DATAVERSE_KEY_TAKEN: error<ServiceRefusal>({
    recovery: 'retry',
    message: said,
    cause: 'Another row has the same value in a unique key, though it was not there when it was looked for.',
    remedy: 'Run again: the row is then found and updated. If it recurs, another key of the row is taken.',
  }),
  DATAVERSE_DUPLICATE_FOUND: error<ServiceRefusal>({
    recovery: 'quarantine',
    message: said,
    cause: 'A duplicate detection rule of the environment found a similar row.',
    remedy: 'Merge the rows, or change the rule.',
  }),
  DATAVERSE_ROW_CHANGED: error<ServiceRefusal>({
    recovery: 'retry',
    message: said,
    cause: 'Somebody else changed the row at the same moment.',
    remedy: 'Run again.',
  }),
  DATAVERSE_ROW_MISSING: error<ServiceRefusal>({
    recovery: 'retry',
    message: said,
    cause: 'The row was deleted, or moved to another key, after it was looked up.',
    remedy: 'Run again: the row is looked up anew and created where it is missing.',
  }),
  DATAVERSE_REFERENCE_MISSING: error<ServiceRefusal>({
    recovery: 'quarantine',
    message: said,
    cause: 'A lookup points at a row that is not there.',
    remedy:
      'Add the row that the message names, or correct the source; then run with --retry, or change the source row.',
  }),
  DATAVERSE_TEXT_TOO_LONG: error<ServiceRefusal>({
    recovery: 'quarantine',
    message: said,
    cause: 'The column is shorter than the text.',
    remedy: 'Shorten the text in the source, or allow cutting with `truncate` in an override of the field.',
  }),
  DATAVERSE_THROTTLED: error<ServiceRefusal>({
    recovery: 'retry',
    message: said,
    cause: 'The service protection limits of the user are used up.',
    remedy: 'Run again later, or lower the concurrency of the connection.',
  }),
  DATAVERSE_DISTURBED: error<ServiceRefusal>({
    recovery: 'retry',
    message: said,
    cause: 'The service failed on its own account.',
    remedy: 'Run again; if it recurs, give the request id to the support desk of the service.',
  }),
  DATAVERSE_REFUSED: error<ServiceRefusal>({
    recovery: 'quarantine',
    message: said,
    cause: 'A rule of the service, or of a plug-in in it, refuses the record; code and message are its own.',
    remedy:
      'Correct the source row, or the setup that the message names; then run with --retry, or change the source row.',
  }),
  DATAVERSE_NOT_ANSWERED: error<{ entity: string }>({
    recovery: 'retry',
    message: ({ entity }) => `The answer to a batch has no part for this record of ${entity}.`,
    cause: 'The service answered fewer operations than it was sent.',
    remedy: 'Run again: what is there already is looked up first.',
  }),
});
