import type { RunRecord } from '@isthmus/core';
import { Aftercare } from '@isthmus/service';
import { asIsthmusError, type Output } from './output/index.js';
import { openStore, type Workspace } from './workspace.js';

/**
 * What is owed after a run, whoever started it: incidents are noted and told, old history is purged. A failure of that is
 * shown, and changes nothing about the run.
 */
export async function careFor(output: Output, workspace: Workspace, record: RunRecord): Promise<void> {
  try {
    const store = await openStore(workspace);
    try {
      const aftercare = new Aftercare(workspace.configuration, workspace.host, store);
      await aftercare.afterRun(record);
      await aftercare.purge();
    } finally {
      await store.close();
    }
  } catch (thrown) {
    output.note(asIsthmusError(thrown).toText());
  }
}
