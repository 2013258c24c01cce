export interface FilterBounds {
  /** Items in one filter. */
  readonly count: number;
  /** What the lengths of the items in one filter add up to. */
  readonly length: number;
  /** Length of an item, its own unless given. */
  readonly lengthOf?: (item: string) => number;
}

/** Divides what belongs into filters into as few as keep within the bounds. An item that is too long stands alone. */
export function divide(items: readonly string[], { count, length, lengthOf = ownLength }: FilterBounds): string[][] {
  const finished: string[][] = [];
  let used = 0;
  for (const item of items) {
    const open = finished.at(-1);
    used += lengthOf(item);
    if (open && open.length < count && used <= length) {
      open.push(item);
    } else {
      finished.push([item]);
      used = lengthOf(item);
    }
  }
  return finished;
}

const ownLength = (item: string): number => item.length;
