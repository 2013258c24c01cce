import type { FilterFunction, Operand, Predicate } from '../../odata/index.js';
import { fromText, likeMatcher, oneOf, orderOf } from '../../odata/index.js';
import type { Value } from '../../store/index.js';
import { invalid, negated, readArguments } from './arguments.js';

/** `contains(name,'soft')` and its kin. */
const like =
  (before: boolean, after: boolean): FilterFunction =>
  (call, bind) => {
    const [where, what] = call.arguments;
    if (!where || what?.kind !== 'literal') throw invalid(`The function '${call.name}' takes a property and a text.`);
    const { read } = bind(where);
    const matches = likeMatcher(what.text, before, after);
    return (row) => {
      const value = read(row);
      return value !== null && matches(String(value));
    };
  };

const among: FilterFunction = (call, bind) => {
  const { operand, texts } = readArguments(call, bind);
  return oneOf(operand, texts);
};

/** Both bounds belong to the range. */
const between: FilterFunction = (call, bind) => {
  const { operand, texts } = readArguments(call, bind);
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

/** A choice of several: its values stand behind each other with commas between them. */
const containsValues: FilterFunction = (call, bind) => {
  const { operand, texts } = readArguments(call, bind);
  return (row) => {
    const value = operand.read(row);
    return (
      value !== null &&
      String(value)
        .split(',')
        .some((one) => texts.includes(one))
    );
  };
};

export const textFunctions: Readonly<Record<string, FilterFunction>> = {
  contains: like(true, true),
  startswith: like(false, true),
  endswith: like(true, false),
};

export const valueFunctions: Readonly<Record<string, FilterFunction>> = {
  In: among,
  NotIn: negated(among),
  Between: between,
  NotBetween: negated(between),
  ContainValues: containsValues,
  DoesNotContainValues: negated(containsValues),
};
