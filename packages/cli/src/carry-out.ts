import { run, type RunRequest } from '@isthmus/sync';
import { careFor } from './aftercare.js';
import { inSight } from './in-sight.js';
import { reportRun } from './run-report.js';
import type { Session } from './session.js';
import type { Workspace } from './workspace.js';

/** Runs integrations, shows how it goes and what came of it, and sets the exit status. */
export async function carryOut(
  session: Session,
  workspace: Workspace,
  request: Omit<RunRequest, 'signal'>,
): Promise<void> {
  const { output } = session;
  const { configuration, host } = workspace;
  const record = await inSight(output, workspace, async (signal) => {
    const ran = await run(configuration, host, { ...request, signal });
    // A run of some records says nothing about the integration.
    if (!request.selection) await careFor(output, workspace, ran);
    return ran;
  });
  session.exitCode = reportRun(output, record, configuration.store.path);
}
