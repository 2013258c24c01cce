import type { Column, Schema, Table, UniqueIndex, Value } from '../store/index.js';
import { operandsOf, type Expression } from './expression.js';
import { fromText, kindOf } from './operand.js';

/** More candidates than this, and looking at every row in order is the cheaper way. */
const WORTHWHILE = 20_000;

/**
 * Ids of the rows that can meet a filter, where its equalities lead to an index; undefined where all rows must be looked
 * at. The filter is still to be tested on each: this narrows, it does not decide.
 */
export function candidates(expression: Expression, table: Table): ReadonlySet<number> | undefined {
  const found = collect(expression, table);
  return found && found.size <= WORTHWHILE ? found : undefined;
}

function collect(expression: Expression, table: Table): ReadonlySet<number> | undefined {
  const alternatives = operandsOf('or', expression);
  if (alternatives.length > 1) {
    const all = new Set<number>();
    for (const alternative of alternatives) {
      const found = collect(alternative, table);
      if (!found) return undefined;
      for (const id of found) all.add(id);
    }
    return all;
  }
  const terms = operandsOf('and', expression);
  const equalities = new Map<Column, Value[]>();
  for (const term of terms) {
    const equality = equalityOf(term, table.schema);
    if (equality) equalities.set(equality.column, equality.values);
  }
  return byUniqueIndex(equalities, table) ?? byGroup(equalities, table) ?? byTerm(terms, table);
}

/** `Column eq value`, or a list of values that it may have. */
function equalityOf(term: Expression, schema: Schema): { column: Column; values: Value[] } | undefined {
  if (term.kind === 'call') {
    const [name, list] = [term.named.get('PropertyName'), term.named.get('PropertyValues')];
    if (!term.name.endsWith('.In') || name?.kind !== 'literal' || list?.kind !== 'list') return undefined;
    return valuesOf(schema.byName.get(name.text), list.items);
  }
  if (term.kind !== 'binary' || term.left.kind !== 'path') return undefined;
  const column = columnOf(term.left.segments, schema);
  if (term.operator === 'in' && term.right.kind === 'list') return valuesOf(column, term.right.items);
  if (term.operator !== 'eq' || term.right.kind !== 'literal' || term.right.type === 'null') return undefined;
  return term.right.text.includes('*') ? undefined : valuesOf(column, [term.right.text]);
}

/** A column of the row; `salesorderid/salesorderid`, the key of the row behind a lookup, is the lookup itself. */
function columnOf([name = '', key, ...deeper]: readonly string[], schema: Schema): Column | undefined {
  if (key === undefined) return schema.byName.get(name);
  const navigation = schema.navigations.get(name);
  if (deeper.length > 0 || navigation?.kind !== 'one') return undefined;
  const [primary, ...others] = navigation.target.key;
  return others.length === 0 && primary?.name === key ? navigation.column : undefined;
}

function valuesOf(column: Column | undefined, texts: readonly string[]) {
  if (!column) return undefined;
  return { column, values: texts.flatMap((text) => fromText(kindOf(column), text) ?? []) };
}

function byUniqueIndex(equalities: ReadonlyMap<Column, Value[]>, table: Table): Set<number> | undefined {
  const index = [table.primary, ...table.alternates].find(({ columns }) => columns.every((one) => equalities.has(one)));
  if (!index || index.columns.length === 0) return undefined;
  const keys = index.columns.reduce((product, column) => product * (equalities.get(column)?.length ?? 0), 1);
  if (keys > WORTHWHILE) return undefined;
  return new Set(combinations(index, equalities).flatMap((key) => index.find(key) ?? []));
}

function combinations({ columns }: UniqueIndex, equalities: ReadonlyMap<Column, Value[]>): Value[][] {
  return columns.reduce<Value[][]>(
    (keys, column) => keys.flatMap((key) => (equalities.get(column) ?? []).map((value) => [...key, value])),
    [[]],
  );
}

/** Lookups and parts of keys are worth an index of their own; a company is not, it holds too many rows. */
function byGroup(equalities: ReadonlyMap<Column, Value[]>, table: Table): Set<number> | undefined {
  const { key, alternateKeys } = table.schema;
  const keyed = new Set([...key, ...alternateKeys.flat()]);
  for (const [column, values] of equalities) {
    const worth = column.lookup !== undefined || (keyed.has(column) && column.name !== 'dataAreaId');
    if (!worth || column.type === 'Enum') continue;
    return new Set(values.flatMap((value) => [...table.withValue(column, value)]));
  }
  return undefined;
}

/** An alternative in parentheses may lead to an index where the rest of the conjunction does not. */
function byTerm(terms: readonly Expression[], table: Table): ReadonlySet<number> | undefined {
  for (const term of terms) {
    if (term.kind !== 'binary' || term.operator !== 'or') continue;
    const found = collect(term, table);
    if (found) return found;
  }
  return undefined;
}
