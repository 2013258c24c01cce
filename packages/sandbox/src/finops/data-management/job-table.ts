import type { Store, Value } from '../../store/index.js';
import type { Execution } from './execution.js';

/** What OData shows of executions: a row for each entity of each. */
export class JobTable {
  constructor(private readonly store: Store) {}

  /** The figures so far. */
  save({ id, group, jobs }: Execution): void {
    const { table } = this;
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

  remove({ id, jobs }: Execution): void {
    for (const { entityName } of jobs) {
      const row = this.table?.byKey(id, entityName);
      if (row) this.table?.remove(row, this.store.nextVersion());
    }
  }

  private get table() {
    return this.store.table('DataManagementExecutionJobDetails');
  }
}
