import { DEFAULTS, LOG_LEVELS } from './configuration.js';
import {
  referencesTo,
  type InstalledConnector,
  type InstalledPieces,
  type InstalledTask,
  type InstalledTemplate,
} from './installed.js';
import type { JsonSchema, JsonValue } from './json.js';
import { ASK } from '../mapping/index.js';
import type { ConfigurationSection } from '../ports/index.js';
import { parametersSchema, textOrReference } from './parameter-schema.js';

/**
 * What the rc file may say with the plugins that are installed, as JSON Schema 2020-12. Validation uses the same schema,
 * so an editor and `isthmus config check` agree.
 */
export function configurationSchema({ connectors, templates, sections }: InstalledPieces): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Isthmus configuration',
    description: 'Connections, connection sets and integrations. ${env:NAME} and ${file:path} may stand in any text.',
    ...closed({
      $schema: { type: 'string', description: 'This schema, for editors.' },
      extends: { ...oneOrMore, description: 'Files or packages that this file builds on; the later wins.' },
      plugins: {
        ...listOf({ type: 'string' }),
        description: 'Packages, or paths beginning with ./, resolved from the file that names them.',
        default: [],
        examples: [['@isthmus/plugin-contracts', './my-plugin.js']],
      },
      connections: mapOf(connectionSchema(connectors), 'The configured systems, by name.'),
      connectionSets: mapOf(CONNECTION_SET, 'Two connections and how their organisations map.'),
      integrations: mapOf(integrationSchema(templates, sections), 'Templates bound to a connection set, by name.'),
      store: {
        ...closed({
          path: text('File of the run history, relative to this file.', { default: DEFAULTS.storePath }),
          actor: text('Whom the audit trail names; user@host unless given.', { examples: ['month-end service'] }),
        }),
        description: 'Where state is kept.',
      },
      logging: {
        ...closed({
          level: { ...textOrReference({ enum: LOG_LEVELS }), default: DEFAULTS.logLevel },
          file: text('Log file, relative to this file.', { examples: ['.isthmus/isthmus.log'] }),
        }),
        description: 'What is logged, and where to.',
      },
      ...broughtBy(sections, 'file'),
    }),
    $defs: { fieldOverride: FIELD_OVERRIDE },
  };
}

const SCALAR = { type: ['string', 'number', 'boolean', 'null'] } as const;

const text = (description: string, more: JsonSchema = {}): JsonSchema => ({ type: 'string', description, ...more });
const listOf = (items: JsonSchema): JsonSchema => ({ type: 'array', items });
const oneOrMore: JsonSchema = { type: ['string', 'array'], items: { type: 'string' }, minItems: 1 };
const mapOf = (values: JsonSchema, description: string): JsonSchema => ({
  type: 'object',
  description,
  additionalProperties: values,
  default: {},
});
const closed = (properties: Readonly<Record<string, JsonValue>>, required: readonly string[] = []) =>
  ({ type: 'object', properties, required, additionalProperties: false }) as const;
const oneOf = (names: readonly string[]): JsonSchema =>
  textOrReference(names.length > 0 ? { enum: names } : { not: {} });
const whereIs = (key: string, names: readonly string[], then: JsonSchema): JsonSchema => ({
  if: { properties: { [key]: { enum: names } }, required: [key] },
  then,
});

/** The schema language does not allow an empty list. */
const allOf = (schemas: readonly JsonSchema[]): JsonSchema => (schemas.length > 0 ? { allOf: schemas } : {});

const broughtBy = (sections: readonly ConfigurationSection[], of: ConfigurationSection['of']) =>
  Object.fromEntries(
    sections
      .filter((section) => section.of === of)
      .map(({ name, doc, settings }) => [name, { type: 'object', description: doc, ...parametersSchema(settings) }]),
  );

function connectionSchema(connectors: readonly InstalledConnector[]): JsonSchema {
  return {
    type: 'object',
    properties: { kind: { ...oneOf(connectors.map(({ kind }) => kind)), description: 'Kind of system.' } },
    required: ['kind'],
    ...allOf(
      connectors.map(({ kind, options }) => {
        const { properties, ...rest } = parametersSchema(options);
        return whereIs('kind', [kind], { properties: { kind: {}, ...properties }, ...rest });
      }),
    ),
  };
}

const CONNECTION_SET: JsonSchema = closed(
  {
    connections: {
      ...mapOf({ type: 'string' }, 'Role, as templates name their direction → connection.'),
      examples: [{ psa: 'psa', finops: 'finops' }],
    },
    organizations: {
      ...mapOf(
        { type: ['string', 'null'] },
        'Organisational unit → legal entity; null leaves its records out on purpose.',
      ),
      examples: [{ 'Contoso US': 'USSI', 'Contoso Robotics UK': null }],
    },
    timeZone: text('IANA time zone in which a moment is a day.', {
      default: DEFAULTS.timeZone,
      examples: ['Europe/Berlin'],
    }),
  },
  ['connections'],
);

function integrationSchema(
  templates: readonly InstalledTemplate[],
  sections: readonly ConfigurationSection[],
): JsonSchema {
  const names = templates.flatMap((template) => referencesTo(template, templates));
  return {
    ...closed(
      {
        template: { ...oneOf(names), description: 'Name of a template, or name@version.' },
        connectionSet: text('Name of a connection set.'),
        parameters: { type: 'object', description: 'Parameters that the template declares.', default: {} },
        fields: { ...listOf({ type: 'string' }), description: 'Optional fields to switch on.', default: [] },
        overrides: mapOf(mapOf(OVERRIDE, 'Destination field → field map.'), 'Task → destination field → field map.'),
        maxQuarantined: MAX_QUARANTINED,
        maxDeletes: MAX_DELETES,
        tasks: mapOf(TASK_SETTINGS, 'Task → settings of that task.'),
        ...broughtBy(sections, 'integration'),
      },
      ['template', 'connectionSet'],
    ),
    ...allOf(templates.map((template) => whereIs('template', referencesTo(template, templates), ofTemplate(template)))),
  };
}

function ofTemplate({ title, parameters, tasks, roles }: InstalledTemplate): JsonSchema {
  const optional = tasks.flatMap(({ fields }) => fields.filter((field) => field.optional).map(({ name }) => name));
  return {
    title,
    properties: {
      parameters: parameters ? parametersSchema(parameters) : closed({}),
      fields: { items: oneOf([...new Set(optional)]) },
      overrides: closed(Object.fromEntries(tasks.map((task) => [task.name, ofTask(task, roles)]))),
      tasks: closed(Object.fromEntries(tasks.map(({ name }) => [name, TASK_SETTINGS]))),
    },
  };
}

const ofTask = ({ fields }: InstalledTask, roles: readonly string[]): JsonSchema => {
  const override = { ...OVERRIDE, properties: { master: oneOf([...roles, ASK]) } };
  return { properties: Object.fromEntries(fields.map(({ name }) => [name, override])), additionalProperties: override };
};

const THRESHOLD = {
  type: ['integer', 'string'],
  minimum: 0,
  pattern: '^\\d{1,3}(\\.\\d+)?%$',
  examples: ['5%', 20],
} as const;

const MAX_QUARANTINED: JsonSchema = {
  ...THRESHOLD,
  description: 'A task that quarantines more records, or a larger share of those read, stops before it writes on.',
};

const MAX_DELETES: JsonSchema = {
  ...THRESHOLD,
  description:
    'A task that would delete or deactivate more rows, or a larger share of those it has delivered, stops before it does. ' +
    'Unless given: 5%, or ten rows where that is fewer.',
};

const ON_DELETE: JsonSchema = {
  type: ['string', 'object'],
  description: 'What becomes of a row of the destination whose source row is deleted; `ignore` leaves it.',
  pattern: '^(ignore|delete)$',
  examples: ['delete', { deactivate: { ProjectStatus: 'Completed' } }],
  properties: { deactivate: mapOf(SCALAR, 'Destination field → value that it gets.') },
  required: ['deactivate'],
  additionalProperties: false,
};

const TASK_SETTINGS: JsonSchema = closed({
  maxQuarantined: MAX_QUARANTINED,
  maxDeletes: MAX_DELETES,
  onDelete: ON_DELETE,
});

const OVERRIDE: JsonSchema = { $ref: '#/$defs/fieldOverride' };

const FIELD_OVERRIDE: JsonSchema = {
  description: 'What it leaves out stays as the template has it.',
  ...closed({
    from: { ...oneOrMore, description: 'Source path; of several, the first that has a value.' },
    constant: { ...SCALAR, description: 'The value itself.' },
    valueMap: mapOf(SCALAR, 'Source value → destination value.'),
    default: { ...SCALAR, description: 'Used where nothing else gives a value.' },
    truncate: { type: 'integer', minimum: 1, description: 'Longest text in characters.' },
    as: { ...textOrReference({ enum: ['decimal', 'date', 'dateTime'] }), description: 'Kind of the value.' },
    master: text(
      'Both sides may change the field. Where both have, the value of the side with this role holds; `ask` keeps the ' +
        'record until a person has decided.',
    ),
    off: { type: 'boolean', description: 'Leaves the field out.' },
  }),
  dependentSchemas: { from: { properties: { constant: false } } },
};
