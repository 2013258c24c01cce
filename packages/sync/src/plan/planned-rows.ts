import {
  compilePath,
  keyText,
  type DestinationRow,
  type FindQuery,
  type SourceRow,
  type StateStore,
  type WriteOperation,
} from '@isthmus/core';

/**
 * What the rows of a destination will be. Kept in the draft of the store, among the cross-references and under a scope of
 * its own, so that a plan of any size needs no memory for it.
 */
export class PlannedRows {
  private readonly entities = new Set<string>();

  /** @param system identity of the destination */
  constructor(
    private readonly draft: StateStore,
    private readonly system: string,
  ) {}

  /** Rows of the entity are planned to change. */
  has(entity: string): boolean {
    return this.entities.has(entity);
  }

  async note(entity: string, operations: readonly WriteOperation[]): Promise<void> {
    this.entities.add(entity);
    const scope = this.scopeOf(entity);
    const crossReferences = [];
    for (const { kind, legalEntity = '', key, fields } of operations) {
      const destinationKey = keyText(Object.values(key));
      const earlier = (await this.find(entity, legalEntity, [destinationKey])).get(destinationKey);
      const row = kind === 'delete' ? null : JSON.stringify({ ...earlier, ...fields });
      const sourceId = `${legalEntity}\u001e${destinationKey}`;
      crossReferences.push({ sourceId, legalEntity, destinationKey, keyValues: [row], hash: '' });
    }
    await this.draft.settle({ ...scope, runId: '', crossReferences, forgotten: [], held: [], released: [] });
  }

  /** @param found what the destination holds now. @returns what it will hold */
  async over({ entity, legalEntity = '', values }: FindQuery, found: ReadonlyMap<string, SourceRow>) {
    const rows = new Map(found);
    for (const [key, row] of await this.find(entity, legalEntity, values.map(keyText))) {
      if (row) rows.set(key, { ...rows.get(key), ...row });
      else rows.delete(key);
    }
    return rows;
  }

  /** @param rows as the system holds them now, with their keys. @returns as it will hold them */
  async overRows(
    entity: string,
    legalEntity: string | undefined,
    key: readonly string[],
    rows: readonly SourceRow[],
  ): Promise<SourceRow[]> {
    const keyOf = (row: SourceRow): string => keyText(key.map((field) => compilePath(field)(row)));
    const planned = await this.find(entity, legalEntity ?? '', rows.map(keyOf));
    return rows.flatMap((row) => {
      const id = keyOf(row);
      if (!planned.has(id)) return [row];
      const changes = planned.get(id);
      return changes ? [{ ...row, ...changes }] : [];
    });
  }

  private async find(entity: string, legalEntity: string, keys: readonly string[]) {
    const known = await this.draft.crossReferences.byDestination(this.scopeOf(entity), legalEntity, keys);
    return new Map(
      [...known].map(
        ([
          key,
          {
            keyValues: [row],
          },
        ]) => [key, typeof row === 'string' ? (JSON.parse(row) as DestinationRow) : undefined],
      ),
    );
  }

  private scopeOf(entity: string) {
    return { integration: `planned for ${this.system}`, task: entity };
  }
}
