import type { HeldRecord } from '@isthmus/core';
import { readKeptError } from './output/index.js';

/** Records that are held back for the same reason. */
export interface Cause {
  readonly integration: string;
  readonly task: string;
  readonly code: string;
  /** Of one record as it is; of several, with what differs left out. */
  readonly message: string;
  readonly remedy: string;
  readonly count: number;
  /** Of the first few. */
  readonly keys: readonly string[];
  /** Deferred: the row that they wait for. */
  readonly waitsFor?: AwaitedRow;
  /** Code of what holds that row back itself. */
  readonly heldBackBy?: string;
}

type AwaitedRow = NonNullable<HeldRecord['waitsFor']>;

const KEYS_SHOWN = 5;

/** Groups records by root cause: what they wait for, or what is wrong with them. Most frequent first. */
export async function causesOf(pages: AsyncIterable<readonly HeldRecord[]>): Promise<Cause[]> {
  const causes = new Map<string, Cause>();
  for await (const page of pages) {
    for (const record of page) {
      const cause = causeOf(record);
      const id = JSON.stringify([
        cause.integration,
        cause.task,
        cause.code,
        cause.waitsFor ?? patternOf(cause.message),
      ]);
      const known = causes.get(id);
      causes.set(id, known ? merged(known, cause) : cause);
    }
  }
  return [...causes.values()].sort((a, b) => b.count - a.count);
}

function causeOf({ integration, task, code, errors, key, sourceId, waitsFor }: HeldRecord): Cause {
  const { message, remedy } = readKeptError(errors[0]);
  const common = { integration, task, code, message, remedy, count: 1, keys: [key || sourceId] };
  return waitsFor ? { ...common, waitsFor } : common;
}

const merged = (known: Cause, { message, keys }: Cause): Cause => ({
  ...known,
  message: known.message === message ? message : patternOf(message),
  count: known.count + 1,
  keys: known.keys.length < KEYS_SHOWN ? [...known.keys, ...keys] : known.keys,
});

/** Quoted values, numbers, ids: what differs from record to record. */
const patternOf = (message: string): string =>
  message
    .replace(/'[^']*'/g, '…')
    .replace(/[^\s()]*\d[^\s()]*/g, '…')
    .replace(/…( …)+/g, '…');

/** The same causes; where the awaited row is held back itself, with the reason. */
export async function tracedBack(
  causes: readonly Cause[],
  pages: AsyncIterable<readonly HeldRecord[]>,
): Promise<readonly Cause[]> {
  const awaited = new Set(causes.flatMap(({ waitsFor }) => (waitsFor ? [idOf(waitsFor)] : [])));
  if (awaited.size === 0) return causes;
  const codes = new Map<string, string>();
  for await (const page of pages) {
    for (const { integration, task, key, sourceId, code } of page) {
      const ids = [
        idOf({ integration, task, key, by: 'key' }),
        idOf({ integration, task, key: sourceId, by: 'source' }),
      ];
      for (const id of ids) if (awaited.has(id)) codes.set(id, code);
    }
  }
  return causes.map((cause) => {
    const code = cause.waitsFor && codes.get(idOf(cause.waitsFor));
    return code === undefined ? cause : { ...cause, heldBackBy: code };
  });
}

const idOf = ({ integration, task, key, by }: AwaitedRow): string =>
  JSON.stringify([integration, task, by, key.toLowerCase()]);
