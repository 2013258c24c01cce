import {
  compilePath,
  keyText,
  type CrossReference,
  type DestinationRow,
  type FindQuery,
  type SourceRow,
  type StateStore,
  type Value,
  type WriteOperation,
} from '@isthmus/core';

/** A row that is planned to change; null where it will be gone. */
type Planned = DestinationRow | null;

/** What is known of the planned rows of one entity. */
interface Plans {
  /** Fields of the key by which they are written. */
  readonly key: readonly string[];
  /** Other fields by which they are looked for. */
  readonly indexed: (readonly string[])[];
}

/**
 * What the rows of a destination will be. Kept in the draft of the store, among the cross-references and under scopes of
 * its own, so that a plan of any size needs no memory for it.
 */
export class PlannedRows {
  private readonly entities = new Map<string, Plans>();

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
    const [first] = operations;
    if (!first) return;
    const plans = this.entities.get(entity) ?? { key: Object.keys(first.key), indexed: [] };
    this.entities.set(entity, plans);
    const references = [];
    for (const { kind, legalEntity = '', key, fields } of operations) {
      const destinationKey = keyText(Object.values(key));
      const earlier = (await this.rows(entity, legalEntity, [destinationKey])).get(destinationKey);
      const row = kind === 'delete' ? null : { ...earlier, ...fields };
      references.push(referenceTo(legalEntity, destinationKey, row));
    }
    await this.keep(this.scopeOf(entity), references);
    for (const fields of plans.indexed) await this.index(entity, fields, references);
  }

  /** Fields without which {@link over} cannot tell what becomes of a row. */
  fieldsFor({ entity, fields }: FindQuery): readonly string[] {
    return [...new Set([...fields, ...(this.entities.get(entity)?.key ?? [])])];
  }

  /** @param found what the destination holds now. @returns what it will hold */
  async over(query: FindQuery, found: ReadonlyMap<string, SourceRow>): Promise<Map<string, SourceRow>> {
    const { entity, legalEntity = '', key, values } = query;
    const plans = this.entities.get(entity);
    if (!plans) return new Map(found);
    const asked = values.map(keyText);
    if (key.join() !== plans.key.join()) return this.overOthers(plans, query, found);
    const rows = new Map(found);
    for (const [text, row] of await this.rows(entity, legalEntity, asked)) {
      if (row) rows.set(text, { ...rows.get(text), ...row });
      else rows.delete(text);
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
    const keyOf = (row: SourceRow): string => textIn(row, key);
    const planned = await this.rows(entity, legalEntity ?? '', rows.map(keyOf));
    return rows.flatMap((row) => {
      const id = keyOf(row);
      if (!planned.has(id)) return [row];
      const changes = planned.get(id);
      return changes ? [{ ...row, ...changes }] : [];
    });
  }

  /** Looked for by other fields than the key: a row that is there may get another value, and one that is not may come. */
  private async overOthers(
    plans: Plans,
    { entity, legalEntity = '', key, values }: FindQuery,
    found: ReadonlyMap<string, SourceRow>,
  ): Promise<Map<string, SourceRow>> {
    const rows = new Map<string, SourceRow>();
    for (const row of await this.overRows(entity, legalEntity, plans.key, [...found.values()])) {
      rows.set(textIn(row, key), row);
    }
    await this.indexBy(entity, plans, key);
    const missing = values.map(keyText).filter((text) => !rows.has(text));
    const held = await this.draft.crossReferences.byDestination(this.scopeOf(entity, key), legalEntity, missing);
    const holders = new Map([...held].map(([text, { keyValues }]) => [String(keyValues[0]), text]));
    for (const [holder, row] of await this.rows(entity, legalEntity, [...holders.keys()])) {
      if (row) rows.set(holders.get(holder) ?? '', row);
    }
    return rows;
  }

  private async indexBy(entity: string, plans: Plans, fields: readonly string[]): Promise<void> {
    if (plans.indexed.some((each) => each.join() === fields.join())) return;
    plans.indexed.push(fields);
    const scope = this.scopeOf(entity);
    for await (const ids of this.draft.crossReferences.sourceIds(scope)) {
      await this.index(entity, fields, [...(await this.draft.crossReferences.bySource(scope, ids)).values()]);
    }
  }

  /** Files the rows that hold all of the fields under their values. */
  private async index(entity: string, fields: readonly string[], references: readonly CrossReference[]): Promise<void> {
    const entries = references.flatMap(({ sourceId, legalEntity, destinationKey, keyValues: [text] }) => {
      const row = read(text);
      if (!row || !fields.every((field) => field in row)) return [];
      return [{ sourceId, legalEntity, destinationKey: textIn(row, fields), keyValues: [destinationKey], hash: '' }];
    });
    await this.keep(this.scopeOf(entity, fields), entries);
  }

  private async rows(entity: string, legalEntity: string, keys: readonly string[]): Promise<Map<string, Planned>> {
    const known = await this.draft.crossReferences.byDestination(this.scopeOf(entity), legalEntity, keys);
    return new Map([...known].map(([key, { keyValues }]) => [key, read(keyValues[0])]));
  }

  private async keep(scope: ReturnType<PlannedRows['scopeOf']>, crossReferences: CrossReference[]): Promise<void> {
    await this.draft.settle({ ...scope, runId: '', crossReferences, forgotten: [], held: [], released: [] });
  }

  private scopeOf(entity: string, fields: readonly string[] = []) {
    return { integration: `planned for ${this.system}`, task: [entity, ...fields].join(' by ') };
  }
}

function referenceTo(legalEntity: string, destinationKey: string, row: Planned): CrossReference {
  const sourceId = `${legalEntity}\u001e${destinationKey}`;
  return { sourceId, legalEntity, destinationKey, keyValues: [row && JSON.stringify(row)], hash: '' };
}

const read = (kept: Value | undefined): Planned =>
  typeof kept === 'string' ? (JSON.parse(kept) as DestinationRow) : null;

const textIn = (row: SourceRow, fields: readonly string[]): string =>
  keyText(fields.map((field) => compilePath(field)(row)));
