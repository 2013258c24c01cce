import type { Store } from '../../store/index.js';
import { Rows } from '../rows.js';
import type { Execution } from './execution.js';

/** What OData shows of executions: a row for each entity of each. */
export class JobTable {
  constructor(private readonly store: Store) {}

  /** The figures so far. */
  save({ id, group, jobs }: Execution): void {
    for (const { entityName, stagingStatus, targetStatus, created, updated } of jobs) {
      this.rows.put([id, entityName], {
        DefinitionGroupId: group,
        StagingStatus: stagingStatus,
        TargetStatus: targetStatus,
        TargetRecordsCreatedCount: created,
        TargetRecordsUpdatedCount: updated,
      });
    }
  }

  remove({ id, jobs }: Execution): void {
    for (const { entityName } of jobs) {
      const row = this.rows.find(id, entityName);
      if (row) this.rows.remove(row);
    }
  }

  private get rows(): Rows {
    return Rows.of(this.store, 'DataManagementExecutionJobDetails');
  }
}
