import type { SourceRow } from '@isthmus/core';
import type { TaskContext } from './context.js';
import { Decider } from './decide.js';
import { InFlight } from './in-flight.js';
import { mapRow } from './map.js';
import { isWaiting, resolveReferences } from './resolve.js';
import { settle } from './settle.js';
import { write } from './write.js';

/** Records that are decided and written together. */
const BATCH = 500;
/** Batches under way at once: while they are written, the next rows are read, mapped and decided. */
const BATCHES = 4;

/** The stages in order: filter, map, resolve, validate, decide, write, settle. */
export class Pipeline {
  private readonly decider: Decider;
  private readonly inFlight = new InFlight(BATCHES);

  constructor(private readonly context: TaskContext) {
    this.decider = new Decider(context);
  }

  /** Takes rows in; returns when there is room for more, which bounds the memory. */
  async take(rows: readonly SourceRow[]): Promise<void> {
    for (let from = 0; from < rows.length; from += BATCH) {
      this.context.signal.throwIfAborted();
      await this.batch(rows.slice(from, from + BATCH));
    }
  }

  /** Everything taken in has an outcome, durably. */
  async drain(): Promise<void> {
    await this.inFlight.drain();
  }

  private async batch(rows: readonly SourceRow[]): Promise<void> {
    const { context, decider } = this;
    context.tally.took(rows.length);
    const records = rows.map((row) => mapRow(context, row));
    const live = records.filter(({ outcome, faults }) => outcome === undefined && faults.length === 0);
    await resolveReferences(context, live);
    for (const record of live) context.mapping.check(record.mapped, record.faults);
    const sound = live.filter((record) => record.faults.length === 0 && !isWaiting(record));
    const decisions = await decider.decide(sound);
    await this.inFlight.add(async () => {
      await write(context, decider, decisions);
      await settle(context, records);
      decider.settled(sound);
    });
  }
}
