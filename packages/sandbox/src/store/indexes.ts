import type { Value } from './row.js';
import type { Column } from './schema.js';

const SEPARATOR = '\u0000';

/** One text for a key; text compares without case in both systems. Undefined where a part is null. */
export function keyOf(parts: readonly Value[]): string | undefined {
  // A guid is its own key: an index of a million rows then holds no text of its own.
  let key = '';
  for (const [index, part] of parts.entries()) {
    if (part === null) return undefined;
    const text = typeof part === 'string' ? part.toLowerCase() : String(part);
    key = index === 0 ? text : key + SEPARATOR + text;
  }
  return key;
}

/** At most one row for each key; rows with a null in the key are outside it. Built when it is first asked. */
export class UniqueIndex {
  private built: Map<string, number> | undefined;

  constructor(
    readonly columns: readonly Column[],
    private readonly entries: (index: UniqueIndex) => Iterable<readonly [key: string | undefined, id: number]>,
  ) {}

  private get ids(): Map<string, number> {
    if (!this.built) {
      this.built = new Map();
      for (const [key, id] of this.entries(this)) this.put(key, id);
    }
    return this.built;
  }

  find(parts: readonly Value[]): number | undefined {
    const key = keyOf(parts);
    return key === undefined ? undefined : this.ids.get(key);
  }

  keyIn(values: readonly Value[]): string | undefined {
    return keyOf(this.columns.map(({ slot }) => values[slot] ?? null));
  }

  holder(values: readonly Value[]): number | undefined {
    const key = this.keyIn(values);
    return key === undefined ? undefined : this.ids.get(key);
  }

  add(values: readonly Value[], id: number): void {
    if (this.built) this.put(this.keyIn(values), id);
  }

  private put(key: string | undefined, id: number): void {
    if (key !== undefined && !this.built?.has(key)) this.built?.set(key, id);
  }

  delete(values: readonly Value[], id: number): void {
    const key = this.built && this.keyIn(values);
    if (key !== undefined && this.built?.get(key) === id) this.built.delete(key);
  }
}

/** All rows for each value of one column. */
export class GroupIndex {
  private readonly ids = new Map<string, Set<number>>();

  constructor(private readonly slot: number) {}

  find(value: Value): Iterable<number> {
    const key = keyOf([value]);
    return (key !== undefined && this.ids.get(key)) || [];
  }

  add(values: readonly Value[], id: number): void {
    const key = keyOf([values[this.slot] ?? null]);
    if (key === undefined) return;
    const group = this.ids.get(key);
    if (group) group.add(id);
    else this.ids.set(key, new Set([id]));
  }

  delete(values: readonly Value[], id: number): void {
    const key = keyOf([values[this.slot] ?? null]);
    if (key !== undefined) this.ids.get(key)?.delete(id);
  }
}
