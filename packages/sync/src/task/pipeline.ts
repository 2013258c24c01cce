import type { SourceRow } from '@isthmus/core';
import type { TaskContext } from './context.js';
import { Decider } from './decide.js';
import { InFlight } from './in-flight.js';
import { judge } from './judge.js';
import { begunAnew, followersIn } from './followers.js';
import { mapRow } from './map.js';
import type { TaskRecord } from './record.js';
import { applyRulings } from './rulings.js';
import { isSelected } from './selection.js';
import { idIn } from './source-id.js';
import { SeenIds } from './seen-ids.js';
import { settle } from './settle.js';
import { writeDown } from './write-down.js';
import { stopIfTooMany } from './threshold.js';

/** Records that are decided and written together, and settled in one durable transaction, unless a system wants more. */
export const BATCH = 1000;

/** The stages in order: filter, map, resolve, validate, decide, carry out, settle. */
export class Pipeline {
  private readonly decider: Decider;
  private readonly inFlight: InFlight;
  /** Source ids that are not settled yet. */
  private readonly underway = new Set<string>();
  private seen: SeenIds | undefined;

  /** Rows that do not fill a batch yet. */
  private waiting: SourceRow[] = [];

  /** @param batch rows of one batch */
  constructor(
    private readonly context: TaskContext,
    trustHashes: boolean,
    private readonly batch: number,
  ) {
    this.decider = new Decider(context, trustHashes);
    this.inFlight = new InFlight(context.execution.batches);
  }

  /** Takes rows in; returns when there is room for more, which bounds the memory. */
  async take(rows: readonly SourceRow[]): Promise<void> {
    for (let from = 0; from < rows.length;) {
      const room = this.batch - this.waiting.length;
      this.waiting.push(...rows.slice(from, from + room));
      from += room;
      if (this.waiting.length === this.batch) await this.map();
    }
  }

  /** From now on, notes which rows are taken in. */
  watch(): SeenIds {
    return (this.seen = new SeenIds());
  }

  /** Everything taken in has an outcome, durably. */
  async drain(): Promise<void> {
    await this.map();
    await this.inFlight.drain();
  }

  /** Lets batches that are under way come to their end, after a failure or a stop. */
  async finishUnderway(): Promise<void> {
    await this.inFlight.idle();
  }

  private async map(): Promise<void> {
    const { waiting, context } = this;
    if (waiting.length === 0) return;
    this.waiting = [];
    const { selection } = context;
    const mapped = waiting.map((row) => mapRow(context, row));
    const records = selection ? mapped.filter((record) => isSelected(selection, record)) : mapped;
    await applyRulings(context, records);
    context.tally.took(records.length);
    for (const { sourceId } of records) this.seen?.add(sourceId);
    const news = context.sight ? await context.sight.news(records) : records;
    context.changed.note(
      context.mapping.entity.source,
      news.map(({ sourceId }) => idIn(context, sourceId)),
    );
    await this.process(records);
  }

  private async process(records: readonly TaskRecord[]): Promise<void> {
    const { context, decider } = this;
    context.signal.throwIfAborted();
    const { first, repeated } = this.withoutRepeated(records);
    const { sound, decisions } = await judge(context, decider, first);
    await stopIfTooMany(context, [...first, ...repeated]);
    const followers = followersIn(context.scope, first, sound);
    const settling = first.filter((record) => !followers.has(record));
    await this.inFlight.add(async () => {
      const sent = await writeDown(context, decisions);
      await context.execution.carryOut(context, decider, decisions);
      await settle(context, settling, sent);
      decider.settled(sound);
      for (const { sourceId } of settling) this.underway.delete(sourceId);
    });
    if (repeated.length === 0 && followers.size === 0) return;
    await this.inFlight.drain();
    for (const { sourceId } of followers) this.underway.delete(sourceId);
    await this.process([...[...followers].map(begunAnew), ...repeated]);
  }

  /** A row that changes while the pages are read may come twice: the second time waits until the first is settled. */
  private withoutRepeated(records: readonly TaskRecord[]): { first: TaskRecord[]; repeated: TaskRecord[] } {
    const first: TaskRecord[] = [];
    const repeated: TaskRecord[] = [];
    for (const record of records) {
      if (this.underway.has(record.sourceId)) repeated.push(record);
      else {
        this.underway.add(record.sourceId);
        first.push(record);
      }
    }
    return { first, repeated };
  }
}
