import type { Dialect, Scope } from '../../odata/index.js';
import type { Schema, Value } from '../../store/index.js';
import { Store } from '../../store/index.js';
import { ATTRIBUTE_TYPES, definitionModels } from './model.js';
import type { DefinitionRow } from './rows.js';
import {
  attributeRow,
  entityRow,
  keyRows,
  manyToManyRows,
  optionSetRow,
  relatedRows,
  relationshipRows,
} from './rows.js';

/** The descriptions of all tables, in tables: `EntityDefinitions` and what hangs on it. */
export function definitionStore(schemas: readonly Schema[]): Store {
  const store = new Store(definitionModels);
  const fill = (set: string, rows: readonly DefinitionRow[]) => {
    const table = store.table(set);
    for (const row of rows) {
      const values = new Array<Value>(table?.schema.width ?? 0).fill(null);
      for (const [name, value] of Object.entries(row)) {
        const slot = table?.schema.byName.get(name)?.slot;
        if (slot !== undefined) values[slot] = value;
      }
      table?.insert(values, 1);
    }
  };
  fill(
    'EntityDefinitions',
    schemas.map(({ model }) => entityRow(model)),
  );
  fill(
    'EntityKeys',
    schemas.flatMap(({ model }) => keyRows(model)),
  );
  fill(
    'Attributes',
    schemas.flatMap((schema) => schema.columns.map((column) => attributeRow(column, schema))),
  );
  fill(
    'OptionSets',
    schemas.flatMap((schema) =>
      schema.columns.filter(({ options }) => options).map((column) => optionSetRow(column, schema)),
    ),
  );
  fill('Relationships', schemas.flatMap(relationshipRows));
  fill('ManyToManyRelationships', schemas.flatMap(manyToManyRows));
  fill('RelatedEntities', schemas.flatMap(relatedRows));
  return store;
}

export const definitionScope = (store: Store, dialect: Dialect): Scope => ({
  store,
  dialect,
  enums: new Map([['AttributeTypeCode', ATTRIBUTE_TYPES]]),
});
