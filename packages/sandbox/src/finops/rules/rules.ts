import type { EntityModel } from '../../model/index.js';
import type { Store, StoredRow } from '../../store/index.js';
import type { Draft } from '../draft.js';
import type { Entry } from '../rows.js';

/** A field whose value must be the key of a row of another entity, in the same company where that one is per company. */
export interface Reference {
  readonly field: string;
  readonly label: string;
  readonly set: string;
  readonly relatedTable: string;
  /** Company of the row that is referred to, where it may be another one. */
  readonly company?: (draft: Draft) => string;
}

/** What an entity does beyond storing its fields, in the order in which F&O calls it. */
export interface EntityRules {
  readonly references?: readonly Reference[];
  /** Fills in what was left empty. */
  readonly defaultRow?: (draft: Draft) => void;
  /** Throws what stands against the row. */
  readonly validateWrite?: (draft: Draft) => void;
  /** Carries the row on into what it becomes. */
  readonly written?: (draft: Draft, row: StoredRow) => void;
  /** Entities that may not refer to a row that is deleted, by the field that does. */
  readonly dependents?: readonly { readonly set: string; readonly field: string; readonly label: string }[];
  /** Throws what stands against deleting the row, and undoes what else came of it. */
  readonly removing?: (store: Store, row: Entry, model: EntityModel) => void;
  /** What a deleted row takes along, by entity and the same key. */
  readonly becomes?: string;
}
