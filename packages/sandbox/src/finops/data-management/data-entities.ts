import { errors } from '../../errors.js';
import type { EntityModel } from '../../model/index.js';
import type { Column, Store, Table } from '../../store/index.js';
import { badRequest } from '../refusals.js';
import type { CompositeEntity, EmbeddedEntity } from './composites.js';

/** What data management knows by a label: one entity, or several as a document. */
export interface DataEntity {
  readonly label: string;
  readonly aotName: string;
  readonly composite: boolean;
  readonly root: EntityNode;
}

/** One entity of a document. */
export interface EntityNode {
  /** Name in the application object tree, and of the elements that stand for its rows. */
  readonly aotName: string;
  readonly table: Table;
  /** Columns of this entity, each with that of the embedding one which it refers to. */
  readonly relation: readonly (readonly [own: Column, parent: Column])[];
  readonly embedded: readonly EntityNode[];
}

/** Of an entity, and of all that are embedded in it. */
export const modelsOf = ({ table, embedded }: EntityNode): EntityModel[] => [
  table.schema.model,
  ...embedded.flatMap(modelsOf),
];

/** The entities of an environment, as data management sees them. */
export class DataEntities {
  private readonly byLabel = new Map<string, DataEntity>();

  /** @throws SANDBOX_OPTION_INVALID where a composite is none */
  constructor(
    private readonly store: Store,
    composites: readonly CompositeEntity[],
  ) {
    for (const table of store.tables) {
      const { name, label = name, aotName = name } = table.schema.model;
      const root = { aotName, table, relation: [], embedded: [] };
      this.byLabel.set(label, { label, aotName, composite: false, root });
    }
    for (const { label, aotName, root, embedded } of composites) {
      if (this.byLabel.has(label)) throw invalid(label, 'another entity has that label');
      const table = this.tableOf(root, label);
      const nodes = embedded.map((each) => this.nodeOf(each, table, label));
      this.byLabel.set(label, {
        label,
        aotName,
        composite: true,
        root: { aotName: root, table, relation: [], embedded: nodes },
      });
    }
  }

  /** @throws Refusal where there is no such entity: by its label alone it is known */
  find(label: string): DataEntity {
    const entity = this.byLabel.get(label);
    if (!entity) throw badRequest(`Entity ${label} does not exist in the target environment.`);
    return entity;
  }

  private nodeOf({ entity, relation, embedded = [] }: EmbeddedEntity, parent: Table, label: string): EntityNode {
    const table = this.tableOf(entity, label);
    return {
      aotName: entity,
      table,
      relation: Object.entries(relation).map(([own, other]) => [
        columnOf(table, own, label),
        columnOf(parent, other, label),
      ]),
      embedded: embedded.map((each) => this.nodeOf(each, table, label)),
    };
  }

  private tableOf(aotName: string, label: string): Table {
    const table = this.store.tables.find(({ schema: { model } }) => model.aotName === aotName);
    if (!table) throw invalid(label, `there is no entity ${aotName}`);
    return table;
  }
}

function columnOf({ schema }: Table, name: string, label: string): Column {
  const column = schema.byName.get(name);
  if (!column) throw invalid(label, `${schema.model.aotName ?? schema.model.name} has no field ${name}`);
  return column;
}

const invalid = (label: string, reason: string) =>
  errors.SANDBOX_OPTION_INVALID({ option: 'finops.compositeEntities', reason: `${label}: ${reason}` });
