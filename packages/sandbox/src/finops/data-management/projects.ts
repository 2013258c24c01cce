import type { JsonObject } from '../../odata/index.js';
import { Rows, type Entry } from '../rows.js';
import { insertRow } from '../writes.js';
import type { Target } from './import/index.js';
import type { Manifest, Placing } from './package/index.js';

/** An entity of an export project. */
export interface ProjectEntity {
  readonly entityName: string;
  /** Gives out only what has changed since the last run. */
  readonly incremental: boolean;
  /** Name of the source data format. */
  readonly format: string;
  readonly placing: Placing;
}

const GROUPS = 'DataManagementDefinitionGroups';
const DETAILS = 'DataManagementDefinitionGroupDetails';
const DEFAULT_FORMAT = 'CSV-Unicode';
const LONGEST_DESCRIPTION = 60;
const LONGEST_FORMAT = 40;

/** Data projects, as OData shows them: a definition group, and a detail for each of its entities. */
export class DataProjects {
  constructor(private readonly target: Target) {}

  has(group: string): boolean {
    return Rows.of(this.target.store, GROUPS).find(group) !== undefined;
  }

  /** A project with the entities that a manifest names. @throws Refusal */
  make(group: string, operation: 'Import' | 'Export', { description, entities }: Manifest): void {
    this.insert(GROUPS, {
      Name: group,
      Description: description.slice(0, LONGEST_DESCRIPTION),
      OperationType: operation,
      ProjectCategory: 'Integration',
    });
    this.addEntities(group, entities);
  }

  /** @throws Refusal */
  addEntities(group: string, entities: Manifest['entities']): void {
    for (const { entityName, format, refreshType, placing } of entities) {
      if (this.details.find(group, entityName)) continue;
      this.insert(DETAILS, {
        DefinitionGroupId: group,
        EntityName: entityName,
        SourceFormat: format.slice(0, LONGEST_FORMAT),
        DefaultRefreshType: refreshType,
        ExecutionUnit: placing.executionUnit,
        LevelInExecutionUnit: placing.level,
        SequenceInLevel: placing.sequence,
      });
    }
  }

  removeEntities(group: string): void {
    for (const entity of this.detailsOf(group)) this.details.remove(entity);
  }

  entitiesOf(group: string): ProjectEntity[] {
    return this.detailsOf(group).map((detail, index) => ({
      entityName: detail.text('EntityName'),
      incremental: detail.value('DefaultRefreshType') === 'Incremental',
      format: detail.text('SourceFormat') || DEFAULT_FORMAT,
      placing: {
        executionUnit: Number(detail.value('ExecutionUnit')) || 1,
        level: Number(detail.value('LevelInExecutionUnit')) || 1,
        // Without one, entities follow each other as they are listed.
        sequence: Number(detail.value('SequenceInLevel')) || index + 1,
      },
    }));
  }

  private detailsOf(group: string): Entry[] {
    return this.details.where('DefinitionGroupId', group);
  }

  private get details(): Rows {
    return Rows.of(this.target.store, DETAILS);
  }

  private insert(set: string, payload: JsonObject): void {
    const table = this.target.store.table(set);
    if (table) insertRow(this.target, table, payload);
  }
}
