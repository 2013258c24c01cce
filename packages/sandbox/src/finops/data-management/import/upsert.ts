import { Refusal } from '../../../odata/index.js';
import type { StoredRow } from '../../../store/index.js';
import { badRequest } from '../../refusals.js';
import { decodeValue } from '../../values.js';
import { changeRow, insertRow, type World } from '../../writes.js';
import { keyText } from '../execution.js';
import type { StagedRow } from './arrival.js';

export type Target = World;

export interface Done {
  created: number;
  updated: number;
}

/**
 * Writes a staged row by its entity key, and all that is embedded in it or nothing: a package creates and updates alike,
 * with the rules that OData applies too.
 *
 * @returns what it did, or the refusal
 */
export function upsert(target: Target, staged: StagedRow): Done | Refusal {
  const done = { created: 0, updated: 0 };
  try {
    target.store.atomically(() => write(target, staged, undefined, done));
    return done;
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal;
    throw refusal;
  }
}

function write(target: Target, staged: StagedRow, parent: StoredRow | undefined, done: Done): void {
  const { table, embedded } = staged;
  const { schema } = table;
  const payload = parent ? related(target, staged, parent) : staged.payload;
  const key = schema.key.map((column) => decodeValue(payload[column.name] ?? null, column, schema, target));
  const found = table.byKey(...key);
  const written = found ? changeRow(target, table, found, payload) : insertRow(target, table, payload);
  done[found ? 'updated' : 'created']++;
  for (const each of embedded) write(target, each, written, done);
}

/** An embedded row belongs to the one around it: what it leaves out it takes from there, and it may say nothing else. */
function related(target: Target, { table, payload, relation }: StagedRow, parent: StoredRow) {
  const complete: Record<string, unknown> = { ...payload };
  for (const [own, { slot, name }] of relation) {
    const value = parent.values[slot] ?? null;
    const given = payload[own.name] ?? null;
    const said = given === null ? value : decodeValue(given, own, table.schema, target);
    if (keyText(said).toLowerCase() !== keyText(value).toLowerCase()) {
      const reason = `${own.name} is '${keyText(said)}', and ${name} of the embedding row '${keyText(value)}'`;
      throw badRequest(`DMF1961: Invalid composite entity relation: ${reason}.`);
    }
    complete[own.name] = value;
  }
  return complete;
}
