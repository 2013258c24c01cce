import type { EntityModel, LookupModel, NavigationModel, PropertyModel } from '../model/index.js';

/** A property with its place in the row; a lookup is one too, under the name it is read by (`_customerid_value`). */
export interface Column extends PropertyModel {
  readonly slot: number;
  readonly lookup?: LookupModel;
  /** Polymorphic lookups: where the row keeps the logical name of the table that it points at. */
  readonly typeSlot?: number;
}

/** N:1, found on the row itself. */
export interface ToOne {
  readonly kind: 'one';
  readonly name: string;
  /** The way back: name of the collection on the target. */
  readonly partner: string;
  readonly column: Column;
  /** F&O: where the row holds the company that the target's key begins with. */
  readonly company?: Column;
  readonly target: Schema;
}

/** 1:N, found on the rows of `target` whose `column` points here. */
export interface ToMany {
  readonly kind: 'many';
  readonly name: string;
  readonly partner: string;
  readonly column: Column;
  /** F&O: where those rows hold the company that the key here begins with. */
  readonly company?: Column;
  readonly target: Schema;
}

/** N:N, found through the rows of `through`: their `own` points here, their `far` at a row of `target`. */
export interface ManyToMany {
  readonly kind: 'pairs';
  readonly name: string;
  readonly partner: string;
  readonly through: Schema;
  readonly own: Column;
  readonly far: Column;
  readonly target: Schema;
}

export type Collection = ToMany | ManyToMany;

export type Navigation = ToOne | Collection;

/** An entity, bound to slots: what the kernel works with. */
export interface Schema {
  readonly model: EntityModel;
  readonly columns: readonly Column[];
  /** Number of values in a row, hidden ones included. */
  readonly width: number;
  readonly byName: ReadonlyMap<string, Column>;
  readonly key: readonly Column[];
  /** Those that are active. */
  readonly alternateKeys: readonly (readonly Column[])[];
  readonly navigations: ReadonlyMap<string, Navigation>;
}

interface Draft extends Schema {
  readonly navigations: Map<string, Navigation>;
}

/** Binds every entity of a system, and their lookups to each other. */
export function bindSchemas(models: readonly EntityModel[]): Schema[] {
  const drafts = new Map(models.map((model) => [model.name, bind(model)]));
  for (const draft of drafts.values()) {
    for (const column of draft.byName.values()) link(column, draft, drafts);
    for (const navigation of draft.model.navigations ?? []) join(navigation, draft, drafts);
    pair(draft, drafts);
  }
  return [...drafts.values()];
}

function bind(model: EntityModel): Draft {
  const lookups = model.lookups.map((lookup) => ({ ...lookupProperty(lookup), lookup }));
  const visible: (PropertyModel & { lookup?: LookupModel })[] = [...model.properties, ...lookups];
  let width = visible.length;
  const columns = visible.map((property, slot): Column =>
    property.lookup && property.lookup.targets.length > 1
      ? { ...property, slot, typeSlot: width++ }
      : { ...property, slot },
  );
  const byName = new Map(columns.map((column) => [column.name, column]));
  const named = (names: readonly string[]) =>
    names.flatMap((name) => byName.get(name) ?? byName.get(`_${name}_value`) ?? []);
  return {
    model,
    columns: columns.filter(({ lookup }) => !lookup?.hidden),
    width,
    byName,
    key: named(model.primaryKey),
    alternateKeys: (model.alternateKeys ?? [])
      .filter(({ status = 'Active' }) => status === 'Active')
      .map(({ attributes }) => named(attributes)),
    navigations: new Map(),
  };
}

const lookupProperty = ({ attribute }: LookupModel): PropertyModel => ({
  name: `_${attribute}_value`,
  type: 'Edm.Guid',
  nullable: true,
  readOnly: true,
});

function link(column: Column, source: Draft, drafts: ReadonlyMap<string, Draft>): void {
  for (const { entity, navigation, collection } of column.lookup?.targets ?? []) {
    const target = drafts.get(entity);
    if (!target) continue;
    const back = collection ?? `${entity}_${source.model.name}_${navigation}`;
    source.navigations.set(navigation, { kind: 'one', name: navigation, partner: back, column, target });
    target.navigations.set(back, { kind: 'many', name: back, partner: navigation, column, target: source });
  }
}

function join(
  { navigation, field, entity, collection }: NavigationModel,
  source: Draft,
  drafts: ReadonlyMap<string, Draft>,
): void {
  const [column, target] = [source.byName.get(field), drafts.get(entity)];
  if (!column || !target) return;
  const company = target.model.perCompany ? source.byName.get('dataAreaId') : undefined;
  const shared = { column, ...(company && { company }) };
  source.navigations.set(navigation, { ...shared, kind: 'one', name: navigation, partner: collection, target });
  target.navigations.set(collection, {
    ...shared,
    kind: 'many',
    name: collection,
    partner: navigation,
    target: source,
  });
}

/** Ties both ends of an N:N relationship to each other. */
function pair(through: Draft, drafts: ReadonlyMap<string, Draft>): void {
  const { ends } = through.model.pairs ?? {};
  if (!ends) return;
  for (const [own, far] of [ends, [ends[1], ends[0]]] as const) {
    const [source, target] = [drafts.get(own.entity), drafts.get(far.entity)];
    const [ownColumn, farColumn] = [through.byName.get(own.attribute), through.byName.get(far.attribute)];
    if (!source || !target || !ownColumn || !farColumn) continue;
    source.navigations.set(own.navigation, {
      kind: 'pairs',
      name: own.navigation,
      partner: far.navigation,
      through,
      own: ownColumn,
      far: farColumn,
      target,
    });
  }
}
