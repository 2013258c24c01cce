import {
  describeFilter,
  organizationPaths,
  parametersOf,
  pathsOf,
  valueOf,
  type ConnectorFactory,
  type FieldMap,
  type FieldSource,
  type Need,
  type Parameters,
  type RegisteredTemplate,
  type Value,
} from '@isthmus/core';

/**
 * Where a field's value comes from:
 * - `copy`: the source field as it is; of several, the first that has a value
 * - `valueMap`: the source field, translated
 * - `lookup`: the source field, which names a row that another task delivers, or one of the destination
 * - `crossReference`: the integration key of the row that another task made of the source row whose id the field holds
 * - `legalEntity`: the legal entity of the organisational unit that the field names, where it is not the record's own
 * - `constant`, `conditional`, `computed`
 */
export type FieldKind =
  'copy' | 'valueMap' | 'lookup' | 'crossReference' | 'legalEntity' | 'constant' | 'conditional' | 'computed';

/** Stable shape of `templates show --json`. */
export type TemplateView = ReturnType<typeof describeTemplate>;
export type TaskView = TemplateView['tasks'][number];

export interface FieldView {
  /** Dotted paths as on the wire, separated by commas; null where nothing is read. */
  readonly source: string | null;
  readonly destination: string;
  readonly kind: FieldKind;
  /** Part of the integration key. */
  readonly key: boolean;
  /** Off unless the integration's `fields` names it. */
  readonly optional: boolean;
  /** Of a constant. */
  readonly value?: Value;
  /** Of a conditional: the first whose condition holds decides; the last, without one, where none does. */
  readonly branches?: readonly { readonly when: string | null; readonly then: Value }[];
  readonly valueMap?: Readonly<Record<string, Value>>;
  readonly default?: Value;
  readonly truncate?: number;
  /** Whose value holds where both sides have changed the field. */
  readonly master?: string;
  /** The task that delivers the row referred to. */
  readonly refersTo?: string;
  /** What the destination must hold for the value. */
  readonly needs?: string;
}

/** A template as data, named as on the wire, with its parameters at their defaults. */
export function describeTemplate(template: RegisteredTemplate, kinds: readonly ConnectorFactory[]) {
  const { name, title, version, direction, prerequisites = [] } = template;
  const defaults: Parameters = template.parameters ? { ...new template.parameters() } : {};
  const declared = template.parameters ? parametersOf(template.parameters) : [];
  return {
    name,
    title,
    version,
    direction: { from: direction.from, to: direction.to },
    parameters: declared.map((parameter) => ({
      name: parameter.name,
      type: parameter.type,
      doc: parameter.doc,
      default: parameter.default ?? null,
    })),
    prerequisites: prerequisites.map((prerequisite) => prerequisite.title),
    follows: [...(template.follows ?? [])],
    tasks: template.tasks.map((task) => ({
      name: task.task,
      title: task.title,
      source: wireName(task.source, (task.direction ?? direction).from, kinds),
      destination: wireName(task.destination, (task.direction ?? direction).to, kinds),
      entity: task.destination,
      filter: describeFilter(task.filter),
      narrowedBy: (task.narrowedBy ?? []).map(({ path, parameter }) => ({ path, parameter })),
      legalEntityBy: task.everyLegalEntity
        ? 'every one of the organisation mapping'
        : organizationPaths(task).join(', else ') || null,
      fields: task.fields.map((field) => describeField(field, defaults)),
    })),
  };
}

/** A role bears the name of the kind of system that plays it, where there is such a kind. */
const wireName = (entity: string, role: string, kinds: readonly ConnectorFactory[]): string =>
  kinds.find(({ kind }) => kind === role)?.wireName?.(entity) ?? entity;

function describeField(field: FieldMap, parameters: Parameters): FieldView {
  const { name, namedBy, source, key, optional, valueMap, truncate, master, needs } = field;
  const paths = [...new Set(pathsOf(source, parameters))];
  const refersTo = source.kind === 'cross-reference' ? source.task : field.refersTo;
  return {
    source: paths.length > 0 ? paths.join(', ') : null,
    destination: namedBy === undefined ? name : String(parameters[namedBy] ?? `(${namedBy})`),
    kind: kindOf(field),
    key,
    optional,
    ...(source.kind === 'constant' ? { value: valueOf(source.value, parameters) } : {}),
    ...(source.kind === 'conditional' ? { branches: branchesOf(source, parameters) } : {}),
    ...(valueMap ? { valueMap: valueOf(valueMap.values, parameters) } : {}),
    ...(field.default === undefined ? {} : { default: valueOf(field.default, parameters) }),
    ...(truncate === undefined ? {} : { truncate }),
    ...(master === undefined ? {} : { master: valueOf(master, parameters) }),
    ...(refersTo === undefined ? {} : { refersTo }),
    ...(needs ? { needs: needText(needs) } : {}),
  };
}

function branchesOf({ branches, otherwise }: FieldSource & { kind: 'conditional' }, parameters: Parameters) {
  const decided = branches.map(({ when, then }) => ({ when: describeFilter(when), then: valueOf(then, parameters) }));
  return [...decided, { when: null, then: otherwise }];
}

function needText({ what, having = {} }: Need): string {
  const conditions = Object.entries(having).map(([field, values]) => `${field} ${values.join(' or ')}`);
  return [what, conditions.join(' and ')].filter(Boolean).join(' with the ');
}

function kindOf({ source, valueMap, refersTo, lookup }: FieldMap): FieldKind {
  if (source.kind === 'cross-reference') return 'crossReference';
  if (source.kind === 'legal-entity') return 'legalEntity';
  if (source.kind !== 'from') return source.kind;
  if (valueMap) return 'valueMap';
  return refersTo === undefined && !lookup ? 'copy' : 'lookup';
}

/** What there is to say of a field besides where it comes from. */
export function remarks({
  key,
  optional,
  refersTo,
  branches,
  valueMap,
  truncate,
  master,
  needs,
  ...field
}: FieldView): string {
  return [
    key && 'integration key',
    optional && 'optional',
    refersTo && `waits for ${refersTo}`,
    needs && `needs a ${needs}`,
    branches && branches.map(({ when, then }) => (when === null ? `else ${then}` : `${then} where ${when}`)).join(', '),
    valueMap &&
      Object.entries(valueMap)
        .map(([from, to]) => `${from} = ${String(to)}`)
        .join(', '),
    field.default !== undefined && `default ${JSON.stringify(field.default)}`,
    truncate && `cut at ${truncate}`,
    master && `both sides may change it; mastered by ${master}`,
  ]
    .filter(Boolean)
    .join('; ');
}
