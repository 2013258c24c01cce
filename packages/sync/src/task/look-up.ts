import { keyText, type CompiledLookup, type Connector, type EntityDescription, type Value } from '@isthmus/core';
import { syncErrors } from '../errors.js';
import type { TaskContext } from './context.js';
import { patiently } from './patience.js';
import type { TaskRecord } from './record.js';

/** Ids remembered for one lookup: many records name few rows. When there are more, all are forgotten. */
const REMEMBERED = 20_000;

const GUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

type Ids = ReadonlyMap<string, Value>;
type Context = Pick<TaskContext, 'mapping' | 'clock'>;

/** Rows of the destination that records name by a key, and that are written by their id. */
export class DestinationLookups {
  private readonly known = new Map<string, Map<string, Value>>();

  /** @param entities by name, as the live metadata describes them */
  constructor(
    private readonly destination: Connector,
    private readonly entities: ReadonlyMap<string, EntityDescription>,
  ) {}

  /** Puts ids in the place of keys. A record that names a row that is not there gets a fault. */
  async resolve(context: Context, records: readonly TaskRecord[]): Promise<void> {
    for (const lookup of context.mapping.lookups) {
      if (!this.isById(lookup)) await this.look(context, lookup, records);
    }
  }

  /** Looks for rows that are named by their ids: only where something is about to be written. */
  async confirm(context: Context, records: readonly TaskRecord[]): Promise<void> {
    for (const lookup of context.mapping.lookups) {
      if (this.isById(lookup)) await this.look(context, lookup, records);
    }
  }

  private isById({ entity, key }: CompiledLookup): boolean {
    return this.idOf(entity) === key;
  }

  private idOf(entity: string): string | undefined {
    return this.entities.get(entity)?.key[0];
  }

  private async look(context: Context, lookup: CompiledLookup, records: readonly TaskRecord[]): Promise<void> {
    const id = this.idOf(lookup.entity);
    if (id === undefined) return;
    const naming = new Map<TaskRecord, string>();
    for (const record of records) {
      const value = record.mapped[lookup.field] ?? null;
      if (namesRow(value, lookup, id)) naming.set(record, String(value));
    }
    const ids = await patiently(context.clock, () => this.idsOf(lookup, id, [...new Set(naming.values())]));
    for (const [record, value] of naming) {
      const found = ids.get(keyText([value]));
      if (found === undefined) record.faults.push(missing(lookup, value));
      else if (lookup.key !== id) record.mapped[lookup.field] = found;
    }
  }

  private async idsOf({ entity, key }: CompiledLookup, id: string, values: readonly string[]): Promise<Ids> {
    const name = `${entity}.${key}`;
    const known = this.known.get(name) ?? new Map<string, Value>();
    this.known.set(name, known);
    if (known.size + values.length > REMEMBERED) known.clear();
    const asked = values.filter((value) => !known.has(keyText([value])));
    if (asked.length === 0) return known;
    const tuples = asked.map((value) => [value]);
    const found = await this.destination.find({ entity, key: [key], values: tuples, fields: [id] });
    for (const [text, row] of found) {
      const value = row[id];
      if (value !== undefined && typeof value !== 'object') known.set(text, value);
    }
    return known;
  }
}

/** The value is the key of a row, and not the id itself. */
const namesRow = (value: Value, { key }: CompiledLookup, id: string): boolean =>
  value !== null && value !== '' && (key === id || !GUID.test(String(value)));

const missing = ({ field, entity, key }: CompiledLookup, value: string) =>
  syncErrors.RECORD_LOOKUP_MISSING({ entity, key, value }, { place: { field } });
