import { setTimeout as delay } from 'node:timers/promises';
import type { EntityJob, Execution, StepStatus } from '../execution.js';
import { PackageFault } from '../package/index.js';

/**
 * What befalls an entity on its way from staging to target through no fault of its rows: what passes (DMF1968, DMF1995,
 * DMF2028), a deadlock (DMF1996); somebody who puts it on `hold` for a while, or has the execution `cancel`led; a failure in
 * what comes behind the import of a message (`post-processing`).
 */
export const TROUBLES = ['DMF1968', 'DMF1995', 'DMF1996', 'DMF2028', 'hold', 'cancel', 'post-processing'] as const;
export type Trouble = (typeof TROUBLES)[number];

/** An entity whose turn has come. */
export interface Turn {
  readonly execution: Execution;
  readonly job: EntityJob;
  /** Shows how far it has come. */
  readonly report: () => void;
}

/** Troubles on demand, one for each entity that comes along. */
export class Troubles {
  private readonly waiting: Trouble[];

  constructor(
    troubles: readonly Trouble[],
    private readonly pauseMs: number,
  ) {
    this.waiting = [...troubles];
  }

  /** Passes: what is transient F&O tries again by itself. @throws PackageFault for a deadlock */
  async pass(turn: Turn): Promise<void> {
    const trouble = this.waiting.shift();
    switch (trouble) {
      case undefined:
        return;
      case 'DMF1996':
        throw new PackageFault(`${trouble}: The transaction was chosen as the victim of a deadlock.`);
      case 'hold':
        await this.pauseAs('Hold', turn);
        // Released, and not yet taken up by the batch server.
        return this.pauseAs('Ready', turn);
      case 'cancel':
        turn.execution.canceled = true;
        return this.pauseAs('Cancelling', turn);
      case 'post-processing':
        turn.execution.postProcessingFailed = true;
        return;
      default:
        return this.pauseAs('Waiting', turn);
    }
  }

  private async pauseAs(status: StepStatus, { job, report }: Turn): Promise<void> {
    job.targetStatus = status;
    report();
    await delay(this.pauseMs, undefined, { ref: false });
  }
}
