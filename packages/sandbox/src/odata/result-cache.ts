/** Which rows a query found, so that its next pages need not look for them again. */
export interface FoundRows {
  /** Version of the store when they were found. */
  readonly version: number;
  readonly ids: readonly number[];
}

/** All that decides what a query finds. @param asked what else does, beside the query: who asks, and where */
export function resultKey(
  set: string,
  parameters: ReadonlyMap<string, string>,
  ...asked: readonly (string | undefined)[]
): string {
  const aliases = [...parameters].filter(([name]) => name.startsWith('@')).flat();
  return JSON.stringify([set, parameters.get('$filter'), parameters.get('$orderby'), aliases, asked]);
}

const KEPT = 16;

/** The results of the latest queries, least recently used first. */
export class ResultCache {
  private readonly results = new Map<string, FoundRows>();

  get(key: string): FoundRows | undefined {
    const found = this.results.get(key);
    if (found) this.keep(key, found);
    return found;
  }

  set(key: string, found: FoundRows): FoundRows {
    this.keep(key, found);
    for (const oldest of this.results.keys()) {
      if (this.results.size <= KEPT) break;
      this.results.delete(oldest);
    }
    return found;
  }

  private keep(key: string, found: FoundRows): void {
    this.results.delete(key);
    this.results.set(key, found);
  }
}
