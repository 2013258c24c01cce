import { defineErrors, error } from '@isthmus/core';

/** What the service said to one operation. */
export interface ServiceRefusal {
  readonly status: number;
  /** The useful lines of the Infolog; the service's message where it has none. */
  readonly message: string;
  /** The service's message as it came, with what was left out above. */
  readonly inner: string;
  /** Type of the exception on the server. */
  readonly type?: string | undefined;
}

interface MissingReference extends ServiceRefusal {
  readonly value: string;
  /** Label of the field. */
  readonly field: string;
  /** Label of the table that has no such row. */
  readonly table: string;
}

const said = ({ message }: ServiceRefusal): string => message;

const suggestion = (nearest: string | undefined): string => (nearest ? `; the nearest name is '${nearest}'` : '');

export const errors = defineErrors('@isthmus/finops', {
  FINOPS_ENTITY_UNKNOWN: error<{ entity: string; collection: string; nearest?: string | undefined }>({
    recovery: 'fatal',
    message: ({ entity, collection, nearest }) =>
      `Finance & Operations has no collection '${collection}' for ${entity}${suggestion(nearest)}.`,
    cause: 'The entity is not public, its package is not deployed, or its public collection has another name.',
    remedy: ({ entity }) =>
      `Name the collection in the connection: collections: { ${entity}: … }, or refresh the entity list.`,
  }),
  FINOPS_FIELD_UNKNOWN: error<{ entity: string; field: string; nearest?: string | undefined }>({
    recovery: 'fatal',
    message: ({ entity, field, nearest }) => `${entity} has no field '${field}'${suggestion(nearest)}.`,
    cause: 'The metadata of the collection does not have the field. Names are case-sensitive.',
    remedy: 'Correct the name in the template or its override, or refresh the entity list.',
  }),
  FINOPS_LOOKUP_UNKNOWN: error<{ entity: string; hop: string; nearest?: string | undefined }>({
    recovery: 'fatal',
    message: ({ entity, hop, nearest }) => `${entity} has no lookup '${hop}'${suggestion(nearest)}.`,
    cause: 'The metadata of the collection has no such navigation property that leads to one row.',
    remedy: 'Correct the path in the template or its override.',
  }),
  FINOPS_PATH_TOO_LONG: error<{ path: string }>({
    recovery: 'fatal',
    message: ({ path }) => `The path '${path}' follows more than one lookup.`,
    cause: 'Finance & Operations expands lookups of the first level only.',
    remedy: 'Map a field of the row or of a row that it refers to directly, or use an entity that has the field.',
  }),
  FINOPS_LEGAL_ENTITY_MISSING: error<{ entity: string }>({
    recovery: 'fatal',
    message: ({ entity }) => `Rows of ${entity} belong to a legal entity, and none is given.`,
    cause: 'Without one the row would land in the default company of the integration user.',
    remedy: 'Map the organisational unit to a legal entity, or set defaultLegalEntity in the connection.',
  }),
  FINOPS_KEY_INCOMPLETE: error<{ entity: string; missing: string }>({
    recovery: 'fatal',
    message: ({ entity, missing }) => `The key of ${entity} needs ${missing}, which the mapping does not give.`,
    cause: 'A row is addressed by all fields of its key.',
    remedy: 'Map every key field and mark it as integration key.',
  }),
  FINOPS_DUPLICATE: error<ServiceRefusal>({
    recovery: 'retry',
    message: said,
    cause: 'A row with the same key exists already, though it was not there when it was looked for.',
    remedy: 'Run again: the row is then found and updated. If it recurs, another unique field of the row is taken.',
  }),
  FINOPS_REFERENCE_MISSING: error<MissingReference>({
    recovery: 'quarantine',
    message: said,
    cause: 'The row refers to one that Finance & Operations does not have in this legal entity.',
    remedy: ({ table, value }) =>
      `Add '${value}' to ${table} in the legal entity, or correct the value; then run with --retry, or change the source row.`,
  }),
  FINOPS_TEXT_TOO_LONG: error<ServiceRefusal>({
    recovery: 'quarantine',
    message: said,
    cause: 'The field of the destination is shorter than the text.',
    remedy: 'Shorten the text in the source, or allow cutting with `truncate` in an override of the field.',
  }),
  FINOPS_PARAMETERS_MISSING: error<ServiceRefusal>({
    recovery: 'quarantine',
    message: said,
    cause: 'The Project Service Automation integration parameters of the legal entity are not configured.',
    remedy:
      'Fill in the integration parameters in Project management and accounting, for the legal entity, then run again.',
  }),
  FINOPS_ACTUAL_BOOKED: error<ServiceRefusal>({
    recovery: 'quarantine',
    message: said,
    cause:
      'The integration journal has taken the actual over, and the source has changed it since. Books are not changed behind their vouchers.',
    remedy:
      'In PSA, take the change back and correct it by a reversing and a new actual, as its own corrections do. While the line is not posted, it can be deleted from the journal instead; then run with --retry.',
  }),
  FINOPS_ROW_MISSING: error<ServiceRefusal>({
    recovery: 'retry',
    message: said,
    cause: 'The row was deleted, or moved to another key, after it was looked up. An update never creates.',
    remedy: 'Run again: the row is looked up anew and created where it is missing.',
  }),
  FINOPS_WRITE_CONFLICT: error<ServiceRefusal>({
    recovery: 'retry',
    message: said,
    cause: 'Somebody else changed the row, or held a lock on it, at the same moment.',
    remedy: 'Run again.',
  }),
  FINOPS_THROTTLED: error<ServiceRefusal>({
    recovery: 'retry',
    message: said,
    cause: 'The service is short of resources and puts off requests.',
    remedy:
      'Run again later, lower the concurrency of the connection, or raise its throttling priority in the service.',
  }),
  FINOPS_DISTURBED: error<ServiceRefusal>({
    recovery: 'retry',
    message: said,
    cause: 'The service failed on its own account.',
    remedy: 'Run again; if it recurs, give the request id to the support desk of the service.',
  }),
  FINOPS_REFUSED: error<ServiceRefusal>({
    recovery: 'quarantine',
    message: said,
    cause: 'A rule of the service refuses the record; the message is its own.',
    remedy:
      'Correct the source row, or the setup that the message names; then run with --retry, or change the source row.',
  }),
  FINOPS_PACKAGE_UPLOAD: error<{ reason: string }>({
    recovery: 'retry',
    message: ({ reason }) => `The data package could not be uploaded: ${reason}.`,
    cause:
      'The storage that Finance & Operations names for data packages was not to be reached, or did not take the file.',
    remedy: 'Allow this machine to reach *.blob.core.windows.net, then run again. Nothing was imported.',
  }),
  FINOPS_PACKAGE_DOWNLOAD: error<{ reason: string }>({
    recovery: 'retry',
    message: ({ reason }) =>
      `The file that names the rows which a data package could not deliver was not to be had: ${reason}.`,
    cause: 'The storage of data packages was not to be reached, or did not give the file.',
    remedy:
      'Allow this machine to reach *.blob.core.windows.net, then run again: what is there already is looked up first.',
  }),
  FINOPS_PACKAGE_LOST: error<{ executionId: string }>({
    recovery: 'retry',
    message: ({ executionId }) => `Finance & Operations knows no execution ${executionId}.`,
    cause:
      'The request to import the package was not answered, and neither its status nor the list of executions shows it. Most likely it did not arrive; that it comes later is not ruled out.',
    remedy: 'Run again: an import that shows up by then is waited for, and what is there already is looked up first.',
  }),
  FINOPS_PACKAGE_UNFINISHED: error<{ executionId: string; minutes: number }>({
    recovery: 'fatal',
    message: ({ executionId, minutes }) => `The import ${executionId} has not come to an end in ${minutes} minutes.`,
    cause: 'The batch service of Finance & Operations is busy, or the package is large.',
    remedy:
      'Look at the execution in the data management workspace. Run again later: an import under way is waited for, and never sent twice.',
  }),
  FINOPS_PACKAGE_STOPPED: error<{ executionId: string; entity: string; reason: string }>({
    recovery: 'retry',
    message: ({ executionId, entity, reason }) =>
      `The import of ${entity} was stopped before its end (execution ${executionId}): ${reason}`,
    cause:
      'Somebody has canceled the execution in data management, or the database chose it as the victim of a deadlock. Nothing is wrong with the package; some of its rows may have got through.',
    remedy: 'Run again: what is there already is looked up first. Ask who has canceled the execution before you do.',
  }),
  FINOPS_PACKAGE_REFUSED: error<{ executionId: string; entity: string; reason: string }>({
    recovery: 'fatal',
    message: ({ executionId, entity, reason }) =>
      `The package of ${entity} was refused (execution ${executionId}): ${reason}`,
    cause: 'No row of the package was taken, and the service names none: the package as a whole does not fit.',
    remedy:
      'Correct what the message names, for instance the label of the entity (dataPackages.labels), or leave dataPackages out of the connection.',
  }),
  FINOPS_PACKAGE_INCOMPLETE: error<{ executionId: string; entity: string; sent: number; written: number }>({
    recovery: 'retry',
    message: ({ executionId, entity, sent, written }) =>
      `The execution ${executionId} has ended with ${written} of ${sent} rows of ${entity}, and does not say why.`,
    cause:
      'Finance & Operations counts an import as a success even where rows were left out, or did not name all the rows that it refused.',
    remedy:
      'Run again: what is there already is looked up first. If it recurs, leave dataPackages out of the connection.',
  }),
  FINOPS_ACTION_REFUSED: error<{ entity: string; action: string; status: number; message: string }>({
    recovery: 'retry',
    message: ({ entity, action, message }) => `${action} of ${entity}: ${message}`,
    cause: 'Finance & Operations did not carry out the action. It did nothing, and its rows are as they were.',
    remedy:
      'Put right in F&O what the message says, and run again. An action that does not exist has another name there: see $metadata.',
  }),
  FINOPS_NOT_ANSWERED: error<{ entity: string }>({
    recovery: 'retry',
    message: ({ entity }) => `The answer to a batch has no part for this record of ${entity}.`,
    cause: 'The service answered fewer operations than it was sent.',
    remedy: 'Run again: what is there already is looked up first.',
  }),
});
