import type { FilterFunction, Operand, Predicate } from '../../odata/index.js';
import { fromText, oneOf, orderOf } from '../../odata/index.js';
import type { Value } from '../../store/index.js';
import { invalid, negated, readArguments } from './arguments.js';

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

export const valueFunctions: Readonly<Record<string, FilterFunction>> = {
  In: among,
  NotIn: negated(among),
  Between: between,
  NotBetween: negated(between),
  ContainValues: containsValues,
  DoesNotContainValues: negated(containsValues),
};
