import type { Value } from './row.js';

/** Enough for the amounts, dates and names that rows share; a text beyond that is most likely the row's own. */
const KEPT = 200_000;

/** One copy of each text that occurs again and again: a million rows that name the same project share its id. */
export class SharedTexts {
  private readonly texts = new Map<string, string>();

  get(value: Value): Value {
    if (typeof value !== 'string') return value;
    const known = this.texts.get(value);
    if (known !== undefined) return known;
    if (this.texts.size < KEPT) this.texts.set(value, value);
    return value;
  }
}
