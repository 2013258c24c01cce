import type { Dialect, FilterFunction, Operand, Predicate } from '../odata/index.js';
import { fromText, likePattern, oneOf, orderOf, Refusal } from '../odata/index.js';
import type { Value } from '../store/index.js';

export const NAMESPACE = 'Microsoft.Dynamics.CRM';

type Call = Parameters<FilterFunction>[0];

const invalid = (message: string) => new Refusal(400, '0x80060888', message);

/** `contains(name,'soft')` and its kin. */
const like =
  (before: boolean, after: boolean): FilterFunction =>
  (call, bind) => {
    const [where, what] = call.arguments;
    if (!where || what?.kind !== 'literal') throw invalid(`The function '${call.name}' takes a property and a text.`);
    const { read } = bind(where);
    const pattern = likePattern(what.text, before, after);
    return (row) => {
      const value = read(row);
      return value !== null && pattern.test(String(value));
    };
  };

/** The property and the texts of `In(PropertyName='x',PropertyValues=["1","2"])`. */
function queryFunction(call: Call, bind: Parameters<FilterFunction>[1]): { operand: Operand; texts: string[] } {
  const name = call.named.get('PropertyName');
  const values = call.named.get('PropertyValues') ?? call.named.get('PropertyValue');
  if (name?.kind !== 'literal') throw invalid(`The function '${call.name}' needs the parameter PropertyName.`);
  const texts = values?.kind === 'list' ? values.items : values?.kind === 'literal' ? [values.text] : [];
  return { operand: bind({ kind: 'path', segments: name.text.split('/') }), texts };
}

const negated =
  (compile: FilterFunction): FilterFunction =>
  (call, bind) => {
    const test = compile(call, bind);
    return (row) => !test(row);
  };

const among: FilterFunction = (call, bind) => {
  const { operand, texts } = queryFunction(call, bind);
  return oneOf(operand, texts);
};

/** Both bounds belong to the range. */
const between: FilterFunction = (call, bind) => {
  const { operand, texts } = queryFunction(call, bind);
  const [from, to] = texts.map((text) => fromText(operand.kind, text));
  if (from === undefined || to === undefined) throw invalid(`The function '${call.name}' needs two values.`);
  return inRange(operand, from, to);
};

function inRange({ kind, read }: Operand, from: Value, to: Value): Predicate {
  const order = orderOf(kind);
  return (row) => {
    const value = read(row);
    return value !== null && order(value, from) >= 0 && order(value, to) <= 0;
  };
}

/** Compares the day of a date column. */
const day =
  (accepts: (day: string, wanted: string) => boolean): FilterFunction =>
  (call, bind) => {
    const { operand, texts } = queryFunction(call, bind);
    const wanted = fromText('day', texts[0] ?? '');
    if (typeof wanted !== 'string') throw invalid(`The function '${call.name}' needs a date.`);
    return onDay(operand, (date) => accepts(date, wanted));
  };

function onDay({ read }: Operand, accepts: (day: string) => boolean): Predicate {
  return (row) => {
    const value = read(row);
    return typeof value === 'string' && accepts(value.slice(0, 10));
  };
}

const DAY_MS = 86_400_000;
const dayFromNow = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

/** Days counted from today; x is the function's PropertyValue. */
const relative =
  (range: (x: number) => readonly [number, number]): FilterFunction =>
  (call, bind) => {
    const { operand, texts } = queryFunction(call, bind);
    const [first, last] = range(Number(texts[0] ?? 0)).map(dayFromNow);
    return onDay(operand, (date) => first !== undefined && last !== undefined && date >= first && date <= last);
  };

const queryFunctions: Readonly<Record<string, FilterFunction>> = {
  In: among,
  NotIn: negated(among),
  Between: between,
  NotBetween: negated(between),
  On: day((date, wanted) => date === wanted),
  NotOn: day((date, wanted) => date !== wanted),
  OnOrAfter: day((date, wanted) => date >= wanted),
  OnOrBefore: day((date, wanted) => date <= wanted),
  Today: relative(() => [0, 0]),
  Yesterday: relative(() => [-1, -1]),
  Tomorrow: relative(() => [1, 1]),
  LastXDays: relative((x) => [-x, 0]),
  NextXDays: relative((x) => [0, x]),
};

export const dataverseDialect: Dialect = {
  namespace: NAMESPACE,
  operators: new Set(['and', 'or', 'eq', 'ne', 'gt', 'ge', 'lt', 'le', 'in']),
  functions: new Map([
    ['contains', like(true, true)],
    ['startswith', like(false, true)],
    ['endswith', like(true, false)],
    ...Object.entries(queryFunctions).map(([name, compile]) => [`${NAMESPACE}.${name}`, compile] as const),
  ]),
  starWildcard: false,
};
