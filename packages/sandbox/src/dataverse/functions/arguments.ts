import type { FilterFunction, Operand } from '../../odata/index.js';
import { Refusal } from '../../odata/index.js';

export type FunctionCall = Parameters<FilterFunction>[0];
export type Bind = Parameters<FilterFunction>[1];

export const invalid = (message: string) => new Refusal(400, '0x80060888', message);

/** The property and the texts of `In(PropertyName='x',PropertyValues=["1","2"])`. */
export function readArguments(call: FunctionCall, bind: Bind): { operand: Operand; name: string; texts: string[] } {
  const property = call.named.get('PropertyName');
  if (property?.kind !== 'literal') throw invalid(`The function '${call.name}' needs the parameter PropertyName.`);
  const texts = ['PropertyValues', 'PropertyValue', 'PropertyValue1', 'PropertyValue2'].flatMap((parameter) => {
    const value = call.named.get(parameter);
    return value?.kind === 'list' ? value.items : value?.kind === 'literal' ? [value.text] : [];
  });
  const operand = bind({ kind: 'path', segments: property.text.split('/') });
  return { operand, name: property.text, texts };
}

/** The one value of a function that takes one. */
export function onlyText(call: FunctionCall, texts: readonly string[]): string {
  const [text] = texts;
  if (text === undefined) throw invalid(`The function '${call.name}' needs the parameter PropertyValue.`);
  return text;
}

export const negated =
  (compile: FilterFunction): FilterFunction =>
  (call, bind, context) => {
    const test = compile(call, bind, context);
    return (row) => !test(row);
  };
