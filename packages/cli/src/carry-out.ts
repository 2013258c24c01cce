import { run, type RunRequest } from '@isthmus/sync';
import { observed } from '@isthmus/telemetry';
import { attended } from './attended.js';
import { cancellable } from './cancellation.js';
import { showProgress } from './output/index.js';
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
  const work = () =>
    cancellable(output, async (signal) => {
      const endProgress = showProgress(host.events, output);
      try {
        return await run(configuration, host, { ...request, signal });
      } finally {
        endProgress();
      }
    });
  // A run of some records says nothing about the integration.
  const record = await observed(configuration, host.events, () =>
    request.selection ? work() : attended(output, workspace, work),
  );
  session.exitCode = reportRun(output, record, configuration.store.path);
}
