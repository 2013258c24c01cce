import type { Table, Value } from '../../store/index.js';
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

const DEFAULT_FORMAT = 'CSV-Unicode';
const LONGEST_DESCRIPTION = 60;
const LONGEST_FORMAT = 40;

/** Data projects, as OData shows them: a definition group, and a detail for each of its entities. */
export class DataProjects {
  constructor(private readonly target: Target) {}

  has(group: string): boolean {
    return this.groups?.byKey(group) !== undefined;
  }

  /** A project with the entities that a manifest names. @throws Refusal */
  make(group: string, operation: 'Import' | 'Export', { description, entities }: Manifest): void {
    if (!this.groups) return;
    insertRow(this.target, this.groups, {
      Name: group,
      Description: description.slice(0, LONGEST_DESCRIPTION),
      OperationType: operation,
      ProjectCategory: 'Integration',
    });
    this.addEntities(group, entities);
  }

  /** @throws Refusal */
  addEntities(group: string, entities: Manifest['entities']): void {
    const { details } = this;
    if (!details) return;
    for (const { entityName, format, refreshType, placing } of entities) {
      if (details.byKey(group, entityName)) continue;
      insertRow(this.target, details, {
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
    const { details } = this;
    for (const { entityName } of this.entitiesOf(group)) {
      const row = details?.byKey(group, entityName);
      if (row) details?.remove(row, this.target.store.nextVersion());
    }
  }

  entitiesOf(group: string): ProjectEntity[] {
    const { details } = this;
    if (!details) return [];
    const found: ProjectEntity[] = [];
    for (const { values } of details.pages.scan()) {
      const value = (name: string) => values[slotOf(details, name)];
      if (value('DefinitionGroupId') !== group) continue;
      found.push({
        entityName: textOf(value('EntityName')),
        incremental: value('DefaultRefreshType') === 'Incremental',
        format: textOf(value('SourceFormat')) || DEFAULT_FORMAT,
        placing: {
          executionUnit: Number(value('ExecutionUnit')) || 1,
          level: Number(value('LevelInExecutionUnit')) || 1,
          // Without one, entities follow each other as they are listed.
          sequence: Number(value('SequenceInLevel')) || found.length + 1,
        },
      });
    }
    return found;
  }

  private get groups(): Table | undefined {
    return this.target.store.table('DataManagementDefinitionGroups');
  }

  private get details(): Table | undefined {
    return this.target.store.table('DataManagementDefinitionGroupDetails');
  }
}

const slotOf = ({ schema }: Table, name: string): number => schema.byName.get(name)?.slot ?? -1;

const textOf = (value: Value | undefined): string => String(value ?? '');
