import { keyText, mappingErrors, type MappedRow, type SourceRow, type Value, type WriteOperation } from '@isthmus/core';
import { syncErrors } from '../errors.js';
import { conflictError, conflictIn } from './conflict.js';
import type { TaskContext } from './context.js';
import { differences, valueIn } from './differences.js';
import { guidOf, hashOf } from './hash.js';
import { merge } from './merge.js';
import { patiently } from './patience.js';
import { isKeyless, labelOf, takeKey, valuesOf, type TaskRecord } from './record.js';

/** A record and what must be done for it. */
export interface Decision {
  readonly record: TaskRecord;
  readonly operation: WriteOperation;
  /** The row of the destination as it was found; none where it is created. */
  readonly present?: SourceRow;
}

/**
 * Create, update or nothing. Rows whose content was written before cost one look-up in the store; only the others are
 * looked up in the destination. Nothing is created without having looked, unless the destination was empty when the
 * task began.
 */
export class Decider {
  /** Keys of this task run that are not settled yet: destination key → source id. */
  private readonly underway = new Map<string, string>();
  /** Legal entities that held no row of the destination entity when the task began. */
  private readonly empty = new Map<string, boolean>();

  /** Rows that an earlier run may have written without having learnt so. */
  private readonly doubtful: ReadonlySet<string>;

  /** A source id is unique by itself: no other row can have the same key. */
  private readonly keyIsSourceId: boolean;

  /** The row of the destination may become another one, because no row is left behind by that. */
  private readonly mayMove: boolean;

  /** @param trustHashes what was written with the same content is taken to be there */
  constructor(
    private readonly context: TaskContext,
    private readonly trustHashes: boolean,
  ) {
    this.doubtful = new Set(context.unanswered.flatMap(({ sourceIds }) => sourceIds));
    const { entity, naturalKey } = context.mapping;
    this.mayMove = naturalKey.length > 0 || entity.creates === false;
    const [key, ...others] = entity.fields.filter((field) => field.key);
    this.keyIsSourceId =
      others.length === 0 && key?.source.kind === 'from' && key.source.paths.join() === entity.sourceId;
  }

  async decide(records: readonly TaskRecord[]): Promise<Decision[]> {
    const changed = await this.withoutUnchanged(records);
    // After the hash, which keeps to what the source says: rows without a change look nothing up.
    await this.context.lookups.resolve(this.context, changed);
    const sound = changed.filter(({ faults }) => faults.length === 0);
    const decisions = this.compare(sound, await this.findExisting(sound));
    await this.context.lookups.confirm(
      this.context,
      decisions.map(({ record }) => record),
    );
    return decisions.filter(({ record }) => record.faults.length === 0);
  }

  /** After a lost answer: what of these is there already? */
  async decideAgain(records: readonly TaskRecord[]): Promise<Decision[]> {
    for (const { legalEntity } of records) this.empty.set(legalEntity, false);
    return this.compare(records, await this.findExisting(records));
  }

  settled(records: readonly TaskRecord[]): void {
    for (const record of records) {
      // A refused double must not give away the key of the row that it collided with.
      if (this.underway.get(ownKey(record)) === record.sourceId) this.underway.delete(ownKey(record));
    }
  }

  private async withoutUnchanged(records: readonly TaskRecord[]): Promise<TaskRecord[]> {
    const { store, scope } = this.context;
    const known = await store.crossReferences.bySource(
      scope,
      records.map(({ sourceId }) => sourceId),
    );
    const changed: TaskRecord[] = [];
    const fresh: TaskRecord[] = [];
    for (const record of records) {
      record.hash = hashOf(record.legalEntity, record.mapped);
      record.known = known.get(record.sourceId);
      if (!record.known) fresh.push(record);
      else if (this.mayMove) {
        if (isKeyless(record)) takeKey(record, record.known.keyValues);
        if (this.trusted(record)) record.outcome = 'unchanged';
        else changed.push(record);
      } else if (record.known.destinationKey !== record.key || record.known.legalEntity !== record.legalEntity) {
        record.faults.push(keyChanged(record));
      } else if (this.trusted(record)) record.outcome = 'unchanged';
      else changed.push(record);
    }
    return [...changed, ...(await this.withoutDoubles(fresh))];
  }

  private trusted({ sourceId, hash, known }: TaskRecord): boolean {
    return this.trustHashes && known?.hash === hash && !this.doubtful.has(sourceId);
  }

  /** Two source rows with one key would overwrite each other: the second one is refused. */
  private async withoutDoubles(fresh: readonly TaskRecord[]): Promise<TaskRecord[]> {
    const { store, scope } = this.context;
    if (this.keyIsSourceId) return [...fresh];
    const kept: TaskRecord[] = [];
    for (const [legalEntity, group] of groupBy(fresh, ({ legalEntity }) => legalEntity)) {
      const owners = await store.crossReferences.byDestination(
        scope,
        legalEntity,
        group.map(({ key }) => key),
      );
      for (const record of group) {
        // Without a key, it is not known yet which row it is.
        if (isKeyless(record)) {
          kept.push(record);
          continue;
        }
        const owner = this.underway.get(ownKey(record)) ?? owners.get(record.key)?.sourceId;
        if (owner !== undefined && owner !== record.sourceId) {
          record.faults.push(mappingErrors.RECORD_KEY_DOUBLE({ key: labelOf(record), other: owner }));
          continue;
        }
        this.underway.set(ownKey(record), record.sourceId);
        kept.push(record);
      }
    }
    return kept;
  }

  private async findExisting(records: readonly TaskRecord[]): Promise<Existing> {
    const { key, naturalKey } = this.context.mapping;
    const existing = new Map<TaskRecord, SourceRow>();
    for (const [legalEntity, all] of groupBy(records, (record) => record.legalEntity)) {
      // What was delivered before, perhaps by this very run, is not missing from an entity that was empty.
      const delivered = all.filter(({ known }) => known !== undefined);
      const group = delivered.length < all.length && (await this.isEmpty(legalEntity)) ? delivered : all;
      const keyed = group.filter((record) => !isKeyless(record));
      await this.find(legalEntity, key, keyed, ({ keyValues }) => keyValues, existing);
      if (naturalKey.length === 0) continue;
      const missing = group.filter((record) => !existing.has(record));
      await this.find(legalEntity, naturalKey, missing, ({ mapped }) => valuesOf(mapped, naturalKey), existing);
      for (const record of missing) {
        const row = existing.get(record);
        if (row) takeKey(record, valuesOf(row, key));
      }
      await this.giveKeys(legalEntity, missing, existing);
    }
    return existing;
  }

  /**
   * Rows that are to be made, and whose key nobody knows yet, get the same one in every plan and run: made twice, the
   * second one is found.
   */
  private async giveKeys(
    legalEntity: string,
    records: readonly TaskRecord[],
    existing: Map<TaskRecord, SourceRow>,
  ): Promise<void> {
    const { mapping, destination } = this.context;
    const { key, naturalKey } = mapping;
    const fresh = records.filter((record) => isKeyless(record) && !existing.has(record));
    for (const record of fresh) {
      const name = [destination.identity, mapping.entity.destination, ...valuesOf(record.mapped, naturalKey)];
      takeKey(
        record,
        key.map((field) => (record.mapped[field] = guidOf([...name, field]))),
      );
    }
    await this.find(legalEntity, key, fresh, ({ keyValues }) => keyValues, existing);
  }

  /** Adds to `existing` the rows whose `key` has the values of the records. */
  private async find(
    legalEntity: string,
    key: readonly string[],
    records: readonly TaskRecord[],
    valuesIn: (record: TaskRecord) => readonly Value[],
    existing: Map<TaskRecord, SourceRow>,
  ): Promise<void> {
    if (records.length === 0) return;
    const { destination, mapping, clock } = this.context;
    const query = {
      entity: mapping.entity.destination,
      key,
      values: records.map(valuesIn),
      fields: mapping.entity.fields.map(({ name }) => name),
      ...this.placeOf(legalEntity),
    };
    const found = await patiently(clock, () => destination.find(query));
    for (const record of records) {
      const row = found.get(keyText(valuesIn(record)));
      if (row) existing.set(record, row);
    }
  }

  /** Rows of a destination that knows no legal entities lie in none. */
  private placeOf(legalEntity: string): { readonly legalEntity?: string } {
    return legalEntity && this.context.destinationEntity.perLegalEntity ? { legalEntity } : {};
  }

  private async isEmpty(legalEntity: string): Promise<boolean> {
    if (this.doubtful.size > 0) return false;
    let empty = this.empty.get(legalEntity);
    if (empty === undefined) {
      const { destination, mapping } = this.context;
      empty = await destination.isEmpty(mapping.entity.destination, legalEntity || undefined);
      this.empty.set(legalEntity, empty);
    }
    return empty;
  }

  private compare(records: readonly TaskRecord[], existing: Existing): Decision[] {
    const { mapping } = this.context;
    return records.flatMap((record): Decision[] => {
      const key = Object.fromEntries(mapping.key.map((field, i) => [field, record.keyValues[i] ?? null]));
      const place = this.placeOf(record.legalEntity);
      const present = existing.get(record);
      if (!present) {
        if (!mapping.mayCreate(record.source)) {
          record.faults.push(nothingToChange(mapping.entity.destination, record));
          return [];
        }
        this.merge(record, {}, (field) => record.mapped[field] ?? null);
        return [{ record, operation: { kind: 'create', key, fields: mapping.outgoing(record.mapped), ...place } }];
      }
      const { fields } = this.context.destinationEntity;
      const wanted = differences(record.mapped, present, mapping, fields);
      const changes = this.merge(record, wanted, (field) => mapping.present(field, valueIn(present, field)));
      if (record.faults.length > 0) return [];
      if (Object.keys(changes).length > 0) {
        return [{ record, operation: { kind: 'update', key, fields: mapping.outgoing(changes), ...place }, present }];
      }
      record.outcome = 'unchanged';
      return [];
    });
  }

  /** @returns the changes that are left when fields that both sides may change have been compared three ways */
  private merge(record: TaskRecord, changes: MappedRow, present: (field: string) => Value): MappedRow {
    const { mapping, destinationEntity } = this.context;
    if (mapping.masters.size === 0) return changes;
    const { mapped, known } = record;
    const merged = merge(mapping, destinationEntity.fields, { mapped, changes, present, agreed: known?.agreed });
    record.agreed = merged.agreed;
    const conflicts = merged.conflicts.map((conflicting) => conflictIn(mapping.entity, conflicting));
    // After a lost answer there is nothing left to see of a conflict that was settled.
    if (conflicts.length > 0) record.conflicts = conflicts;
    record.faults.push(...conflicts.filter(({ kept }) => kept === undefined).map(conflictError));
    return merged.changes;
  }
}

type Existing = ReadonlyMap<TaskRecord, SourceRow>;

const nothingToChange = (entity: string, record: TaskRecord) =>
  syncErrors.RECORD_TO_CHANGE_MISSING({ entity, key: labelOf(record) });

const ownKey = ({ legalEntity, key }: TaskRecord): string => `${legalEntity}\u001e${key}`;

function keyChanged(record: TaskRecord) {
  const name = (legalEntity: string, values: readonly Value[]): string =>
    [legalEntity, values.join('/')].filter(Boolean).join(' ');
  return mappingErrors.RECORD_KEY_CHANGED({
    from: name(record.known?.legalEntity ?? '', record.known?.keyValues ?? []),
    to: name(record.legalEntity, record.keyValues),
  });
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
