import {
  isIsthmusError,
  keyText,
  type CompiledNeed,
  type EntityDescription,
  type SourceRow,
  type Value,
} from '@isthmus/core';
import { syncErrors } from '../errors.js';
import type { TaskContext } from './context.js';
import { patiently } from './patience.js';
import type { TaskRecord } from './record.js';
import { byLegalEntity } from './resolve.js';

/** Rows remembered of one need: many records need few rows. */
const REMEMBERED = 20_000;

/**
 * What the destination must hold for a record to be taken, looked up once per value: an expense category, a line
 * property, a project of a kind that is supported. A record without it is kept back and tried again by every run.
 */
export class Needs {
  private readonly known = new Map<CompiledNeed, Map<string, SourceRow | null>>();
  private described: Promise<Map<string, EntityDescription>> | undefined;

  constructor(
    private readonly context: Pick<TaskContext, 'mapping' | 'integration' | 'source' | 'destination' | 'clock'>,
  ) {}

  async check(records: readonly TaskRecord[]): Promise<void> {
    const { mapping, integration } = this.context;
    for (const need of mapping.needs) {
      if (!(await this.canAsk(need))) continue;
      const concerned = records.filter(({ source, mapped }) => need.applies(source) && valueIn(mapped, need) !== null);
      for (const [legalEntity, group] of byLegalEntity(concerned, need, integration.organizations)) {
        await this.judge(need, legalEntity, group);
      }
    }
  }

  private async judge(need: CompiledNeed, legalEntity: string, records: readonly TaskRecord[]): Promise<void> {
    const rows = await this.rowsOf(
      need,
      legalEntity,
      records.map(({ mapped }) => valueIn(mapped, need)),
    );
    const rowOf = (value: string): SourceRow | null => rows.get(keyText([value])) ?? null;
    const valueOf = ({ mapped }: TaskRecord): string => String(valueIn(mapped, need));
    const names = await this.namesOf(
      need,
      records.map(valueOf).filter((value) => rowOf(value) === null),
    );
    for (const record of records) {
      const value = valueOf(record);
      const fault = faultOf(need, legalEntity, names.get(keyText([value])) ?? value, rowOf(value));
      if (fault) record.faults.push(fault);
    }
  }

  /** What people call the rows that values are the ids of, with the id; nothing where they may not be read. */
  private async namesOf({ named }: CompiledNeed, ids: readonly string[]): Promise<Map<string, string>> {
    if (!named || ids.length === 0) return new Map();
    const { entity, key, field } = named;
    const values = [...new Set(ids)].map((id) => [id]);
    try {
      const found = await this.context.source.find({ entity, key: [key], values, fields: [field] });
      return new Map([...found].map(([text, row]) => [text, `${String(row[field])} (${String(row[key] ?? text)})`]));
    } catch (thrown) {
      if (isIsthmusError(thrown)) return new Map();
      throw thrown;
    }
  }

  private async rowsOf(
    need: CompiledNeed,
    legalEntity: string,
    values: readonly Value[],
  ): Promise<Map<string, SourceRow | null>> {
    const { destination, clock } = this.context;
    const known = this.known.get(need) ?? new Map<string, SourceRow | null>();
    if (known.size > REMEMBERED) known.clear();
    this.known.set(need, known);
    const place = (value: string): string => `${legalEntity}\u001e${value}`;
    const texts = [...new Set(values.map((value) => keyText([value])))];
    const unknown = new Map(
      values.map((value) => [keyText([value]), [value]] as const).filter(([text]) => !known.has(place(text))),
    );
    if (unknown.size > 0) {
      const query = {
        entity: need.entity,
        key: [need.field],
        values: [...unknown.values()],
        fields: [need.field, ...Object.keys(need.having ?? {})],
        ...((await this.description(need))?.perLegalEntity && legalEntity ? { legalEntity } : {}),
      };
      const found = await patiently(clock, () => destination.find(query));
      for (const text of unknown.keys()) known.set(place(text), found.get(text) ?? null);
    }
    return new Map(texts.map((text) => [text, known.get(place(text)) ?? null]));
  }

  /** A destination that does not expose the entity has the last word itself. */
  private async canAsk(need: CompiledNeed): Promise<boolean> {
    return (await this.description(need))?.fields.has(need.field) ?? false;
  }

  private async description({ entity }: CompiledNeed): Promise<EntityDescription | undefined> {
    const { destination, mapping } = this.context;
    this.described ??= destination.describe([...new Set(mapping.needs.map((need) => need.entity))]);
    return (await this.described).get(entity);
  }
}

function valueIn(mapped: TaskRecord['mapped'], { name }: CompiledNeed): Value {
  const value = mapped[name] ?? null;
  return value === '' ? null : value;
}

function faultOf(need: CompiledNeed, legalEntity: string, value: string, row: SourceRow | null) {
  const { what, remedy, name, having = {}, delivered } = need;
  const place = { field: name };
  const where = legalEntity ? `in ${legalEntity.toUpperCase()}` : 'in the destination';
  if (!row) {
    return delivered ? undefined : syncErrors.RECORD_NEED_MISSING({ what, value, where, remedy }, { place });
  }
  for (const [field, allowed] of Object.entries(having)) {
    // Of a row that is yet to be made, a plan does not know what the destination will give it.
    if (!(field in row)) continue;
    const present = row[field];
    if (allowed.some((one) => one === present)) continue;
    return syncErrors.RECORD_NEED_UNFIT(
      { what, value, where, field, present: String(present), allowed: allowed.join(' or '), remedy },
      { place },
    );
  }
  return undefined;
}
