import type { Page, ReadQuery } from '@isthmus/core';
import type { Field } from '../entities/index.js';

/** A transaction that began earlier may be committed later: this much is read again, in milliseconds. */
const OVERLAP_MS = 5 * 60_000;

/**
 * Notes the latest moment that a field has held, as the token for the next time. A row that is deleted leaves no trace:
 * only a full read tells.
 */
export class Watermark {
  private latest: string;

  /** @param field holds when a row was last changed @param since token of an earlier read */
  constructor(
    private readonly field: Field,
    private readonly since: string | undefined,
  ) {
    this.latest = since ?? '';
  }

  /** Rows that may have changed since the token. */
  get filter(): string | undefined {
    return this.since === undefined ? undefined : `${this.field.name} ge ${this.field.literal(this.since)}`;
  }

  note({ rows }: Pick<Page, 'rows'>): void {
    for (const row of rows) {
      const moment = row[this.field.name];
      // Of one spelling, moments compare as texts.
      if (typeof moment === 'string' && moment > this.latest) this.latest = moment;
    }
  }

  /** Undefined where no row has ever been seen. */
  get token(): string | undefined {
    if (this.latest === '' || this.latest === this.since) return this.since;
    const earlier = new Date(Date.parse(this.latest) - OVERLAP_MS).toISOString().replace('.000Z', 'Z');
    return this.since !== undefined && earlier < this.since ? this.since : earlier;
  }
}

/** What a query asks for besides its rows: changes since a token, where the entity has a field that tells them. */
export const watermarkFor = (field: Field | undefined, query: ReadQuery): Watermark | undefined =>
  field && (query.trackChanges || query.changesSince !== undefined)
    ? new Watermark(field, query.changesSince)
    : undefined;
