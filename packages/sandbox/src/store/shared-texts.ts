import type { Value } from './row.js';
import type { Column } from './schema.js';

/** Enough for the ids, dates and names that rows share; a text beyond that is most likely the row's own. */
const KEPT = 200_000;

/** Keys and names are mostly a row's own; these are not. */
const SHARED: ReadonlySet<Column['type']> = new Set(['Edm.Date', 'Edm.DateTimeOffset', 'Edm.Decimal', 'Enum']);

/** One copy of each text that occurs again and again: a million rows that name the same project share its id. */
export class SharedTexts {
  private readonly texts = new Map<string, string>();

  get(value: Value, { lookup, type }: Column): Value {
    return lookup || SHARED.has(type) ? this.of(value) : value;
  }

  /** For a value that is known to occur more than once. */
  of(value: Value): Value {
    if (typeof value !== 'string') return value;
    const known = this.texts.get(value);
    if (known !== undefined) return known;
    if (this.texts.size < KEPT) this.texts.set(value, value);
    return value;
  }
}
