import type { ExpandItem } from '../odata/index.js';
import type { Schema } from '../store/index.js';
import { badQuery } from './refusals.js';

/** More expands than this in one request are refused. */
const MAX_EXPANDS = 15;

const ALLOWED = new Set(['$select', '$filter', '$orderby', '$top', '$expand']);
const NOT_WHEN_NESTING = ['$orderby', '$top'];

/** Refuses what Dataverse does not support inside of `$expand`. */
export function checkExpand(items: readonly ExpandItem[], schema: Schema): void {
  const all = flat(items);
  if (all.length > MAX_EXPANDS) throw badQuery(`The number of $expand options exceeds the maximum of ${MAX_EXPANDS}.`);
  const unknown = all.flatMap(({ given }) => given).find((name) => !ALLOWED.has(name));
  if (unknown !== undefined) throw badQuery(`The query option '${unknown}' is not supported inside of $expand.`);
  if (all.length === items.length) return;
  const barred = items.filter(({ options }) => options.expand.length > 0).flatMap((item) => flat([item]));
  const paired = pairsIn(items, schema, false)[0];
  if (paired !== undefined) throw badQuery(`A nested $expand is not supported with the N:N relationship '${paired}'.`);
  const name = NOT_WHEN_NESTING.find((each) => barred.some(({ given }) => given.includes(each)));
  if (name !== undefined) throw badQuery(`The query option '${name}' is not supported in a nested $expand.`);
}

const flat = (items: readonly ExpandItem[]): ExpandItem[] =>
  items.flatMap((item) => [item, ...flat(item.options.expand)]);

/** Collections of N:N relationships that a nested expand goes into or comes from. */
const pairsIn = (items: readonly ExpandItem[], { navigations }: Schema, nested: boolean): string[] =>
  items.flatMap(({ navigation: name, options: { expand } }) => {
    const navigation = navigations.get(name);
    if (!navigation) return [];
    const own = navigation.kind === 'pairs' && (nested || expand.length > 0) ? [name] : [];
    return [...own, ...pairsIn(expand, navigation.target, true)];
  });
