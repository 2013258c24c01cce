import type { AwaitedRow, HeldOutline } from '@isthmus/core';
import { readKeptError, type KeptError } from '../output/index.js';

/** What keeps records back, with everything that hangs on it. */
export interface Cause {
  readonly integration: string;
  readonly task: string;
  readonly code: string;
  /** Destination field that is at fault, where one is. */
  readonly field?: string;
  /** Of one record as it is; of several, with what differs left out. */
  readonly message: string;
  /** Where something is left out of the message: that of one record. */
  readonly example?: string;
  readonly remedy: string;
  /** Records that have the fault themselves. */
  readonly count: number;
  /** Records that wait for these, or for others that do. */
  readonly behind: number;
  /** Of the first few; of those behind where there are no others. */
  readonly keys: readonly string[];
  /** Records that wait for a row which is not held itself. */
  readonly waitsFor?: AwaitedRow;
}

type Pages = AsyncIterable<readonly HeldOutline[]>;

const KEYS_SHOWN = 5;

/**
 * Groups records by root cause, most records first: what is wrong with them, or with the record that they wait for,
 * over any number of steps.
 *
 * @param records those asked for
 * @param all everything that is held, among which the rows that they wait for may be; walked twice
 */
export async function causesOf(records: Pages, all: () => Pages): Promise<Cause[]> {
  const causes = new Map<string, Cause>();
  const waiting = new Map<string, Waiting>();
  for await (const page of records) {
    for (const record of page) {
      if (record.waitsFor) joinWaiting(waiting, record, record.waitsFor);
      else join(causes, record);
    }
  }
  if (waiting.size > 0) await traceBack(waiting, causes, all);
  return [...causes.values()].sort((a, b) => b.count + b.behind - a.count - a.behind);
}

/** Records that wait for one row. */
interface Waiting {
  readonly first: HeldOutline;
  readonly awaited: AwaitedRow;
  count: number;
  readonly keys: string[];
}

function joinWaiting(waiting: Map<string, Waiting>, record: HeldOutline, awaited: AwaitedRow): void {
  const id = idOf(awaited);
  const group = waiting.get(id) ?? { first: record, awaited, count: 0, keys: [] };
  group.count++;
  if (group.keys.length < KEYS_SHOWN) group.keys.push(record.key || record.sourceId);
  waiting.set(id, group);
}

function join(causes: Map<string, Cause>, record: HeldOutline): void {
  const cause = causeOf(record);
  const id = idOfCause(record);
  const known = causes.get(id);
  causes.set(id, known ? merged(known, cause) : cause);
}

async function traceBack(
  waiting: ReadonlyMap<string, Waiting>,
  causes: Map<string, Cause>,
  all: () => Pages,
): Promise<void> {
  const roots = await holdersOf(all);
  for (const [id, { first, awaited, count, keys }] of waiting) {
    const root = climb(id, roots);
    // The row is not held itself: it was never delivered, and that is all that is known.
    const from = root ? causeOf(root) : { ...causeOf(first), waitsFor: awaited };
    const causeId = root ? idOfCause(root) : id;
    const known = causes.get(causeId) ?? { ...from, count: 0, behind: 0, keys: [] };
    const shown = known.count > 0 ? known.keys : [...known.keys, ...keys].slice(0, KEYS_SHOWN);
    causes.set(causeId, { ...known, behind: known.behind + count, keys: shown });
  }
}

/** Held records that others wait for, by each of their ids. The rest, which may be a million, is not remembered. */
async function holdersOf(all: () => Pages): Promise<Map<string, HeldOutline>> {
  const awaited = new Set<string>();
  for await (const page of all()) {
    for (const { waitsFor } of page) if (waitsFor) awaited.add(idOf(waitsFor));
  }
  const holders = new Map<string, HeldOutline>();
  for await (const page of all()) {
    for (const record of page) {
      const { integration, task, key, sourceId, legalEntity } = record;
      const ids = [
        idOf({ integration, task, key: sourceId, by: 'source', legalEntity }),
        idOf({ integration, task, key, by: 'key', legalEntity }),
      ];
      for (const id of ids) if (awaited.has(id)) holders.set(id, record);
    }
  }
  return holders;
}

/** @returns the record at the end of the chain; undefined where the row that it ends at is not held */
function climb(id: string, holders: ReadonlyMap<string, HeldOutline>): HeldOutline | undefined {
  const seen = new Set<string>();
  for (let at = id; !seen.has(at);) {
    seen.add(at);
    const holder = holders.get(at);
    if (!holder?.waitsFor) return holder;
    at = idOf(holder.waitsFor);
    if (!holders.has(at)) return undefined;
  }
  return undefined;
}

function causeOf(record: HeldOutline): Cause {
  const { integration, task, code, key, sourceId } = record;
  const { message, remedy, place } = faultOf(record);
  const field = place.field === undefined ? {} : { field: place.field };
  return { integration, task, code, ...field, message, remedy, count: 1, behind: 0, keys: [key || sourceId] };
}

const faultOf = ({ errors }: HeldOutline): KeptError => readKeptError(errors[0]);

/** What is missing in the destination is a cause by itself, however many records name it; other values differ by chance. */
function idOfCause(record: HeldOutline): string {
  const { integration, task, code } = record;
  const { message, place, details } = faultOf(record);
  const missing = code.endsWith('_MISSING') ? details['value'] : undefined;
  return JSON.stringify([integration, task, code, place.field, missing ?? patternOf(message)]);
}

function merged(known: Cause, added: Cause): Cause {
  if (known.count === 0) return { ...known, message: added.message, count: 1, keys: added.keys };
  const { message, example = message } = known;
  return {
    ...known,
    ...(message === added.message ? {} : { message: patternOf(added.message), example }),
    count: known.count + 1,
    keys: known.keys.length >= KEYS_SHOWN ? known.keys : [...known.keys, ...added.keys],
  };
}

/** Quoted values, numbers, ids: what differs from record to record. */
const patternOf = (message: string): string =>
  message
    .replace(/'[^']*'/g, '…')
    .replace(/[^\s()]*\d[^\s()]*/g, '…')
    .replace(/…( …)+/g, '…');

const idOf = ({ integration, task, key, by, legalEntity }: AwaitedRow): string =>
  JSON.stringify([integration, task, by, by === 'key' ? legalEntity : '', key.toLowerCase()]);
