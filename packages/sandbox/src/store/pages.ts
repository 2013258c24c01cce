import type { StoredRow, Value } from './row.js';

export const ROWS_PER_PAGE = 4096;

/** Pages that are kept in memory although nobody has changed them: some 130,000 rows of one table. */
const KEPT_PAGES = 32;

/** Rows with consecutive ids; undefined where a row was deleted. */
export type Page = (StoredRow | undefined)[];

/** Where the rows come from that nobody has changed yet. A page that is read twice holds the same rows. */
export interface PageSource {
  /** Ids that were given: rows and gaps. */
  readonly length: number;
  /** Rows that there are. */
  readonly size: number;
  /** No row of the page has a newer version. */
  newest(page: number): number;
  read(page: number): Page;
  /** Primary keys of the rows of a page, in their order; undefined where they are not known without reading it. */
  keys?(page: number): readonly string[] | undefined;
}

const NOTHING: PageSource = { length: 0, size: 0, newest: () => 0, read: () => [] };

/**
 * Rows by their id. What was changed is held here for good; what was not is read from the source when it is asked for, and
 * forgotten again after a while: a table of a million rows takes the memory of those that are in use.
 */
export class Pages {
  readonly changed = new Map<number, Page>();
  private readonly kept = new Map<number, Page>();
  private origin = NOTHING;
  private end = 0;
  private latest: { readonly number: number; page: Page } | undefined;

  /** Ids that were given: rows and gaps. */
  get length(): number {
    return this.end;
  }

  get source(): PageSource {
    return this.origin;
  }

  startWith(source: PageSource): void {
    this.origin = source;
    this.end = source.length;
  }

  at(id: number): StoredRow | undefined {
    return id < this.end ? this.page(Math.floor(id / ROWS_PER_PAGE))[id % ROWS_PER_PAGE] : undefined;
  }

  set(id: number, row: StoredRow | undefined): void {
    const number = Math.floor(id / ROWS_PER_PAGE);
    let page = this.changed.get(number);
    if (!page) {
      page = this.page(number);
      this.kept.delete(number);
      this.changed.set(number, page);
    }
    const place = id % ROWS_PER_PAGE;
    while (page.length < place) page.push(undefined);
    page[place] = row;
    this.end = Math.max(this.end, id + 1);
  }

  /** The rows from an id on, in the order of their ids. */
  *scan(first = 0): Generator<StoredRow> {
    for (let id = first; id < this.end; id++) {
      const row = this.at(id);
      if (row) yield row;
    }
  }

  /** What the column of the primary key holds, by id; rows that nobody has needed yet are not read for it. */
  *keys(slot: number): Generator<readonly [key: Value, id: number]> {
    for (let number = 0; number * ROWS_PER_PAGE < this.end; number++) {
      const unread = !this.changed.has(number) && !this.kept.has(number);
      const known = unread ? this.origin.keys?.(number) : undefined;
      const keys = known ?? this.page(number).map((row) => row?.values[slot]);
      for (const [place, key] of keys.entries()) {
        if (key !== undefined) yield [key, number * ROWS_PER_PAGE + place];
      }
    }
  }

  /** The rows with a newer version; pages in which there can be none are not read. */
  *since(version: number): Generator<StoredRow> {
    for (let number = 0; number * ROWS_PER_PAGE < this.end; number++) {
      if (!this.changed.has(number) && this.origin.newest(number) <= version) continue;
      for (const row of this.page(number)) if (row && row.version > version) yield row;
    }
  }

  private page(number: number): Page {
    if (this.latest?.number === number) return this.latest.page;
    const page = this.changed.get(number) ?? this.kept.get(number) ?? this.read(number);
    this.latest = { number, page };
    return page;
  }

  private read(number: number): Page {
    const page = number * ROWS_PER_PAGE < this.origin.length ? this.origin.read(number) : [];
    this.kept.set(number, page);
    const [oldest] = this.kept.keys();
    if (this.kept.size > KEPT_PAGES && oldest !== undefined) this.kept.delete(oldest);
    return page;
  }
}
