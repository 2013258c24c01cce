import type { RunRecord } from '@isthmus/core';
import { Aftercare } from '@isthmus/service';
import { asIsthmusError, type Output } from './output/index.js';
import { openStore, type Workspace } from './workspace.js';

/**
 * A run with what is owed after it, whoever started it: incidents are noted and told, old history is purged. A failure
 * of that is shown, and changes nothing about the run.
 */
export async function attended(
  output: Output,
  workspace: Workspace,
  work: () => Promise<RunRecord>,
): Promise<RunRecord> {
  const record = await work();
  try {
    await careFor(workspace, record);
  } catch (thrown) {
    output.note(asIsthmusError(thrown).toText());
  }
  return record;
}

async function careFor(workspace: Workspace, record: RunRecord): Promise<void> {
  const store = await openStore(workspace);
  try {
    const aftercare = new Aftercare(workspace.configuration, workspace.host, store);
    await aftercare.afterRun(record);
    await aftercare.purge();
  } finally {
    await store.close();
  }
}
