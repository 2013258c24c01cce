import { toMoment } from '../../../odata/index.js';
import type { Column } from '../../../store/index.js';
import type { EnumMembers } from '../../values.js';
import { PackageFault } from '../package/index.js';

const NUMERAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/;
const SORTABLE_TIME = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?Z?$/;

/**
 * The text of a cell as the value that OData would take; an empty cell empties the field.
 *
 * @throws PackageFault
 */
export function convert(text: string, column: Column, enums: EnumMembers): unknown {
  if (text === '') return null;
  const invalid = (): PackageFault => new PackageFault(`DMF2018: Invalid column data '${text}' in ${column.name}.`);
  switch (column.type) {
    case 'Edm.String':
      return text;
    case 'Edm.Guid':
      return text.replace(/^\{(.*)\}$/, '$1');
    case 'Edm.Boolean':
      if (!/^(?:true|false|yes|no|0|1)$/i.test(text)) throw invalid();
      return /^(?:true|yes|1)$/i.test(text);
    case 'Edm.Int32':
      if (!/^[+-]?\d+$/.test(text)) throw invalid();
      return Number(text);
    case 'Edm.Double':
      if (!NUMERAL.test(text)) throw invalid();
      return Number(text);
    case 'Edm.Decimal':
    case 'Edm.Int64':
      if (!NUMERAL.test(text)) throw invalid();
      return text;
    case 'Edm.Date':
    case 'Edm.DateTimeOffset':
      return moment(text, column);
    case 'Enum':
      return member(text, enums.get(column.enumType ?? '') ?? [], invalid);
  }
}

function moment(text: string, { name }: Column): string {
  const [, day, time] = SORTABLE_TIME.exec(text) ?? [];
  const found = toMoment(day && time ? `${day}T${time}Z` : text);
  if (found === undefined) throw new PackageFault(`DMF2016: '${text}' is no valid date and time (${name}).`);
  return found;
}

/** A member by its symbol, or by its number. */
function member(text: string, members: readonly string[], invalid: () => PackageFault): string {
  const lower = text.toLowerCase();
  const found = members.find((symbol) => symbol.toLowerCase() === lower) ?? members[/^\d+$/.test(text) ? +text : -1];
  if (found === undefined) throw invalid();
  return found;
}
