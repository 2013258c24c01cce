import type { Column, Value } from '../store/index.js';

/** Writes a value that is not null as JSON. */
export type WriteValue = (value: Exclude<Value, null>) => string;

const bare: WriteValue = String;
const text: WriteValue = (value) => JSON.stringify(value);
/** For what never holds a character that JSON escapes. */
const quoted: WriteValue = (value) => `"${value}"`;

/** @param exactAsText whether Edm.Decimal and Edm.Int64 are JSON strings (`IEEE754Compatible=true`) or bare digits */
export function valueWriter({ type }: Column, exactAsText: boolean): WriteValue {
  switch (type) {
    case 'Edm.Boolean':
    case 'Edm.Int16':
    case 'Edm.Int32':
    case 'Edm.Double':
    case 'Json':
      return bare;
    case 'Edm.Decimal':
    case 'Edm.Int64':
      return exactAsText ? quoted : bare;
    case 'Edm.String':
      return text;
    default:
      return quoted;
  }
}
