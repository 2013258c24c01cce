import {
  nearest,
  templateId,
  withChoices,
  withParameters,
  type Configuration,
  type Direction,
  type EntityMap,
  type Parameters,
  type PluginHost,
  type RegisteredTemplate,
  type TaskScope,
  type Threshold,
} from '@isthmus/core';
import { syncErrors } from '../errors.js';
import { orderTasks } from './order.js';

/** Names of the connections that rows go from and to. */
export interface Route {
  readonly source: string;
  readonly destination: string;
}

/** A template bound to a connection set: everything that a run of it needs, decided. */
export interface Integration {
  readonly name: string;
  readonly template: RegisteredTemplate;
  /** `name@version`. */
  readonly templateId: string;
  readonly connectionSet: string;
  /** Of the template as a whole; a task may go another way. */
  readonly connections: Route;
  readonly routeOf: (task: EntityMap) => Route;
  readonly parameters: Parameters;
  readonly organizations: ReadonlyMap<string, string | null>;
  readonly timeZone: string | undefined;
  /** In run order, fields in force. */
  readonly tasks: readonly EntityMap[];
  /** What a run goes through: the tasks, some of them more than once where the template says so. */
  readonly passes: readonly EntityMap[];
  /** How much a task may quarantine, if there is a limit. */
  readonly maxQuarantined: (task: string) => Threshold | undefined;
  /** How many rows a task may delete or deactivate, where that is not left to the rule for most. */
  readonly maxDeletes: (task: string) => Threshold | undefined;
  /** Which integration's task delivers the rows that a lookup refers to; one value must name such a row. */
  readonly deliveredBy: (task: string) => TaskScope;
}

export function resolveIntegration(configuration: Configuration, host: PluginHost, name: string): Integration {
  const settings = configuration.integrations.get(name);
  if (!settings) {
    const known = [...configuration.integrations.keys()];
    throw syncErrors.INTEGRATION_UNKNOWN({ name, nearest: nearest(name, known), known: known.join(', ') || 'none' });
  }
  const template = host.templates.get(settings.template);
  const set = configuration.connectionSets.get(settings.connectionSet);
  const connectionFor = (role: string): string => {
    const connection = set?.connections.get(role);
    if (connection === undefined) {
      throw syncErrors.INTEGRATION_ROLE_MISSING(
        { role, set: settings.connectionSet },
        { place: { integration: name } },
      );
    }
    return connection;
  };
  const route = ({ from, to }: Direction): Route => ({ source: connectionFor(from), destination: connectionFor(to) });
  const tasks = orderTasks(
    template.tasks.map((task) => {
      const { onDelete } = settings.tasks[task.task] ?? {};
      const chosen = withChoices(task, { fields: settings.fields, overrides: settings.overrides[task.task] });
      return withParameters(onDelete === undefined ? chosen : { ...chosen, onDelete }, settings.parameters);
    }),
  );
  const passes = template.passes?.(settings.parameters).flatMap((pass) => tasks.filter(({ task }) => task === pass));
  return {
    name,
    template,
    templateId: templateId(template),
    connectionSet: settings.connectionSet,
    connections: route(template.direction),
    routeOf: ({ direction }) => route(direction ?? template.direction),
    parameters: settings.parameters,
    organizations: set?.organizations ?? new Map(),
    timeZone: set?.timeZone,
    tasks,
    passes: passes ?? tasks,
    maxQuarantined: (task) => settings.tasks[task]?.maxQuarantined ?? settings.maxQuarantined,
    maxDeletes: (task) => settings.tasks[task]?.maxDeletes ?? settings.maxDeletes,
    deliveredBy: (task) => findDeliverer(configuration, host, name, task),
  };
}

/** The integration itself, or another one on the same connection set. */
function findDeliverer(configuration: Configuration, host: PluginHost, integration: string, task: string): TaskScope {
  const { integrations } = configuration;
  const set = integrations.get(integration)?.connectionSet;
  const others = [...integrations.values()].filter(({ connectionSet }) => connectionSet === set);
  const own = others.filter(({ name }) => name === integration);
  for (const { name, template } of [...own, ...others]) {
    const found = host.templates.get(template).tasks.find((other) => other.task === task);
    if (!found) continue;
    const key = found.fields.filter((field) => field.key).map((field) => field.name);
    if (key.length > 1) throw syncErrors.TASK_KEY_COMPOSITE({ refersTo: task, key }, { place: { integration } });
    return { integration: name, task };
  }
  const shipped = host.templates.list().find(({ tasks }) => tasks.some((other) => other.task === task));
  throw syncErrors.TASK_REFERENCE_UNKNOWN({ refersTo: task, template: shipped?.name }, { place: { integration } });
}

/** Of the organisation mapping, in lower case as F&O keeps them. */
export const legalEntitiesOf = ({ organizations }: Pick<Integration, 'organizations'>): string[] =>
  [
    ...new Set([...organizations.values()].filter((value) => value !== null).map((value) => value.toLowerCase())),
  ].sort();
