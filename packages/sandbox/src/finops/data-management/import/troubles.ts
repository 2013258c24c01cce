import { setTimeout as delay } from 'node:timers/promises';
import { PackageFault } from '../package/index.js';

/** What befalls an entity on its way from staging to target through no fault of its rows. */
export const TROUBLES = ['DMF1968', 'DMF1995', 'DMF1996', 'DMF2028'] as const;
export type Trouble = (typeof TROUBLES)[number];

const DEADLOCK: Trouble = 'DMF1996';

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
  async pass(): Promise<void> {
    const trouble = this.waiting.shift();
    if (trouble === DEADLOCK)
      throw new PackageFault(`${DEADLOCK}: The transaction was chosen as the victim of a deadlock.`);
    if (trouble !== undefined) await delay(this.pauseMs, undefined, { ref: false });
  }
}
