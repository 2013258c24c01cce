import type { ResolvedPath } from '../../odata/index.js';
import { divide, kindOf, orderOf, sum, toDecimal, toScale } from '../../odata/index.js';
import type { StoredRow, Value } from '../../store/index.js';
import { badQuery } from '../refusals.js';
import type { Aggregate } from './parse.js';

/** Takes the rows of one group one by one, and then says what they come to, as JSON. */
export interface Running {
  add(row: StoredRow): void;
  result(): string;
}

/** Digits behind the point that an average has at most. */
const AVERAGE_SCALE = 10;

/** @param path where the values are; undefined for `$count` */
export function startAggregate({ method, column = '' }: Aggregate, path: ResolvedPath | undefined): () => Running {
  if (!path || method === 'count') return counter;
  if (method === 'countdistinct') return () => distinct(path);
  const kind = kindOf(path.column);
  const numeric = kind === 'number' || kind === 'digits';
  if (!numeric && (method === 'sum' || method === 'average')) {
    throw badQuery(`The column '${column}' cannot be aggregated with '${method}'.`);
  }
  if (method === 'sum' || method === 'average') return () => total(path, method === 'average');
  const order = orderOf(kind);
  const sign = method === 'min' ? -1 : 1;
  return () => extreme(path, (a, b) => sign * order(a, b) > 0, numeric);
}

function counter(): Running {
  let count = 0;
  return { add: () => void count++, result: () => String(count) };
}

function distinct({ read }: ResolvedPath): Running {
  const seen = new Set<Value>();
  const add = (row: StoredRow) => {
    const value = read(row);
    if (value !== null) seen.add(typeof value === 'string' ? value.toLowerCase() : value);
  };
  return { add, result: () => String(seen.size) };
}

/** Exact: decimals are added as digits. */
function total({ read, column }: ResolvedPath, averaged: boolean): Running {
  let all: string | undefined;
  let count = 0;
  const add = (row: StoredRow) => {
    const value = read(row);
    const digits = value === null ? undefined : toDecimal(String(value));
    if (digits === undefined) return;
    all = all === undefined ? digits : sum(all, digits);
    count++;
  };
  const result = () => {
    if (all === undefined) return 'null';
    if (!averaged) return column.scale === undefined ? all : toScale(all, column.scale, true);
    const average = divide(all, String(count), AVERAGE_SCALE) ?? '0';
    return toScale(average, column.scale ?? AVERAGE_SCALE, false);
  };
  return { add, result };
}

function extreme({ read }: ResolvedPath, beyond: (a: Value, b: Value) => boolean, numeric: boolean): Running {
  let found: Value = null;
  const add = (row: StoredRow) => {
    const value = read(row);
    if (value !== null && (found === null || beyond(value, found))) found = value;
  };
  return { add, result: () => (numeric ? String(found) : JSON.stringify(found)) };
}
