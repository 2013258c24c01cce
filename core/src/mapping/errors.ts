import { defineErrors, error } from '../errors/index.js';

export const mappingErrors = defineErrors('@isthmus/core', {
  MAPPING_NOT_DECORATED: error<{ name: string }>({
    recovery: 'fatal',
    message: ({ name }) => `${name} is listed as a task but is not decorated with @MapEntity.`,
    cause: 'A template lists a class that carries no mapping.',
    remedy: 'Decorate the class with @MapEntity({ task, source, destination, … }).',
  }),
  MAPPING_WITHOUT_KEY: error({
    recovery: 'fatal',
    message: () => 'The mapping has no integration key.',
    cause: 'Without a key no row of the destination can be found again, so every run would create rows anew.',
    remedy: 'Put @IntegrationKey() on the property (or properties) that identify the destination row.',
  }),
  MAPPING_FIELD_WITHOUT_SOURCE: error({
    recovery: 'fatal',
    message: () => 'The field has decorators but none that says where its value comes from.',
    cause: 'A property needs @From, @Constant, @Conditional, @Computed or @LookupByCrossReference.',
    remedy: 'Add one of them to the property.',
  }),
  MAPPING_PARAMETER_UNKNOWN: error<{ parameter: string; known: string }>({
    recovery: 'fatal',
    message: ({ parameter, known }) =>
      `The mapping uses the parameter '${parameter}', which the template lacks (${known}).`,
    cause: 'A mapping refers to a parameter that its template does not declare.',
    remedy: 'Declare the parameter in the template’s parameter class, or correct the name.',
  }),
  MAPPING_PATH_UNKNOWN: error<{ path: string; entity: string; nearest?: string | undefined }>({
    recovery: 'fatal',
    message: ({ path, entity, nearest }) =>
      `${entity} has no '${path}'${nearest ? `; the nearest name is '${nearest}'` : ''}.`,
    cause: 'The mapping reads a field that the live metadata of the source does not have.',
    remedy: ({ nearest }) =>
      nearest
        ? `Use '${nearest}', or add the field to the source system.`
        : 'Correct the path in the override or template, or add the field to the source system.',
  }),
  MAPPING_FIELD_UNKNOWN: error<{ field: string; entity: string; nearest?: string | undefined }>({
    recovery: 'fatal',
    message: ({ field, entity, nearest }) =>
      `${entity} has no field '${field}'${nearest ? `; the nearest name is '${nearest}'` : ''}.`,
    cause: 'The mapping writes a field that the live metadata of the destination does not have.',
    remedy: 'Switch the field off with an override (`off: true`), or refresh the entity list of the destination.',
  }),
  MAPPING_ENTITY_UNKNOWN: error<{ entity: string; side: string }>({
    recovery: 'fatal',
    message: ({ entity, side }) => `The ${side} system has no entity '${entity}'.`,
    cause:
      'The entity is missing from the live metadata: the integration solution is not installed, or its public name differs.',
    remedy: 'Install the integration solution, or name the public collection in the connection’s `collections`.',
  }),
  MAPPING_KEY_NOT_COVERED: error<{ entity: string; missing: string }>({
    recovery: 'fatal',
    message: ({ entity, missing }) =>
      `The key of ${entity} needs ${missing}, which the mapping does not mark as integration key.`,
    cause: 'Rows of the destination are found by all fields of their key.',
    remedy: 'Map every key field and mark it with @IntegrationKey().',
  }),
  MAPPING_KEY_CUT: error<{ field: string }>({
    recovery: 'fatal',
    message: ({ field }) => `${field} identifies a row and must not be cut.`,
    cause: 'Cut off, an integration key or a reference would name another row.',
    remedy: 'Take `truncate` out of the override of the field.',
  }),
  MAPPING_MASTER_OF_KEY: error<{ field: string }>({
    recovery: 'fatal',
    message: ({ field }) => `${field} identifies a row; it cannot have a master.`,
    cause: 'A row is found by its key on both sides. Where they differ, they are different rows.',
    remedy: 'Take `master` out of the override of the field.',
  }),
  MAPPING_MASTER_UNKNOWN: error<{ field: string; master: string; known: string }>({
    recovery: 'fatal',
    message: ({ field, master, known }) => `${field} is mastered by '${master}'; it can be ${known}.`,
    cause: 'A master is one of the two sides, as the template names them, or a person.',
    remedy: 'Correct the name in the mapping.',
  }),
  RECORD_KEY_EMPTY: error<{ field: string; source: string }>({
    recovery: 'quarantine',
    message: ({ field, source }) => `The integration key ${field} is empty: ${source} has no value.`,
    cause: 'A row without its natural key could not be found again, and would be created anew by every run.',
    remedy: 'Fill in the field in the source system; the record then comes by itself.',
  }),
  RECORD_KEY_DOUBLE: error<{ key: string; other: string }>({
    recovery: 'quarantine',
    message: ({ key, other }) => `The integration key ${key} belongs to another source row already (${other}).`,
    cause: 'Two rows of the source have the same natural key, so they would overwrite each other.',
    remedy: 'Give one of the two rows another number in the source system.',
  }),
  RECORD_KEY_CHANGED: error<{ from: string; to: string }>({
    recovery: 'quarantine',
    message: ({ from, to }) => `The record was delivered as ${from} and would now be ${to}.`,
    cause:
      'Its integration key or its legal entity changed in the source; the destination cannot rename or move a row.',
    remedy: 'Undo the change in the source, or correct the destination by hand.',
  }),
  RECORD_VALUE_UNMAPPED: error<{ value: string; known: string }>({
    recovery: 'quarantine',
    message: ({ value, known }) => `The value map has nothing for ${value} (it has ${known}).`,
    cause: 'The source holds an option that the value map of the field does not list.',
    remedy: 'Add the option to the value map in the rc file, or correct the source row.',
  }),
  RECORD_VALUE_WRONG_KIND: error<{ value: string; wanted: string }>({
    recovery: 'quarantine',
    message: ({ value, wanted }) => `'${value}' is not a ${wanted}.`,
    cause: 'The source value cannot be read as what the destination field holds.',
    remedy: 'Correct the source row, or map another field.',
  }),
  RECORD_TOO_LONG: error<{ length: number; allowed: number }>({
    recovery: 'quarantine',
    message: ({ length, allowed }) => `The text has ${length} characters; the destination takes ${allowed}.`,
    cause: 'The destination field is shorter than the source field. Nothing is cut off unasked.',
    remedy: 'Shorten the text in the source, or allow cutting with `truncate` in an override of the field.',
  }),
  RECORD_VALUE_MISSING: error({
    recovery: 'quarantine',
    message: () => 'The destination requires a value, and the source row has none.',
    cause: 'The field is mandatory in the destination.',
    remedy: 'Fill in the source field, or give the field a default in an override.',
  }),
  RECORD_RULE_BROKEN: error<{ rule: string; message: string }>({
    recovery: 'quarantine',
    message: ({ message }) => message,
    cause: 'The record breaks a rule that the template states for the field.',
    remedy: 'Correct the source row; the record then comes by itself.',
  }),
  RECORD_MAPPING_FAILED: error<{ message: string }>({
    recovery: 'quarantine',
    message: ({ message }) => `The mapping could not compute the field: ${message}`,
    cause: 'A @Computed or @Transform function of the template failed on this row.',
    remedy: 'Look at the kept source row; correct it, or report the fault to the author of the template.',
  }),
});
