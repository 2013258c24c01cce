import type { Store, Table, Value } from '../../store/index.js';
import type { Execution } from './execution.js';

/** An entity of an export project. */
export interface ProjectEntity {
  readonly entityName: string;
  /** Gives out only what has changed since the last run. */
  readonly incremental: boolean;
  /** Name of the source data format. */
  readonly format: string;
}

const DEFAULT_FORMAT = 'CSV-Unicode';

/** What OData shows of projects and executions. */
export class JobTable {
  constructor(private readonly store: Store) {}

  /** One row for each entity of an execution, with its figures so far. */
  save({ id, group, jobs }: Execution): void {
    const table = this.store.table('DataManagementExecutionJobDetails');
    if (!table) return;
    for (const { entityName, stagingStatus, targetStatus, created, updated } of jobs) {
      const fields: Record<string, Value> = {
        JobId: id,
        EntityName: entityName,
        DefinitionGroupId: group,
        StagingStatus: stagingStatus,
        TargetStatus: targetStatus,
        TargetRecordsCreatedCount: created,
        TargetRecordsUpdatedCount: updated,
      };
      const values = table.schema.columns.map(({ name }) => fields[name] ?? null);
      const old = table.byKey(id, entityName);
      if (old) table.replace(old, values, this.store.nextVersion());
      else table.insert(values, this.store.nextVersion());
    }
  }

  entitiesOf(group: string): ProjectEntity[] {
    const details = this.store.table('DataManagementDefinitionGroupDetails');
    if (!details) return [];
    const text = (table: Table, values: readonly Value[], name: string): string =>
      String(values[table.schema.byName.get(name)?.slot ?? -1] ?? '');
    return [...details.pages.scan()].flatMap((row) =>
      text(details, row.values, 'DefinitionGroupId') === group
        ? [
            {
              entityName: text(details, row.values, 'EntityName'),
              incremental: text(details, row.values, 'DefaultRefreshType') === 'Incremental',
              format: text(details, row.values, 'SourceFormat') || DEFAULT_FORMAT,
            },
          ]
        : [],
    );
  }
}
