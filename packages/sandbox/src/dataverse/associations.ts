import { randomUUID } from 'node:crypto';
import type { Collection, ManyToMany, StoredRow, Table, ToMany, ToOne, Value } from '../store/index.js';
import { assignLookup } from './binds.js';
import type { Call } from './call.js';
import { relinkRow } from './keep-row.js';
import { idOf } from './keys.js';
import { pairExists } from './refusals.js';
import { versionNumber } from './version-number.js';

/** Adds the row with this id to a collection of another row. */
export function associate(call: Call, owner: Table, row: StoredRow, navigation: Collection, id: string): void {
  if (navigation.kind === 'many') return pointAt(call, owner, navigation, id, idOf(owner, row));
  const { pairs, pair } = pairOf(call, owner, row, navigation, id);
  if (pair) throw pairExists();
  if (!pairs) return;
  const { key, width, byName } = pairs.schema;
  const values = new Array<Value>(width).fill(null);
  const version = call.store.nextVersion();
  values[key[0]?.slot ?? 0] = randomUUID();
  values[navigation.own.slot] = idOf(owner, row);
  values[navigation.far.slot] = id;
  const counter = byName.get('versionnumber');
  if (counter) values[counter.slot] = versionNumber(version, call.switches);
  pairs.insert(values, version);
}

/** Takes a row out of a collection; one that is not in it stays where it is. */
export function disassociate(call: Call, owner: Table, row: StoredRow, navigation: Collection, id: string): void {
  if (navigation.kind === 'many') {
    const child = call.store.tableOf(navigation.target)?.byKey(id);
    if (child?.values[navigation.column.slot] === idOf(owner, row)) pointAt(call, owner, navigation, id, null);
    return;
  }
  const { pairs, pair } = pairOf(call, owner, row, navigation, id);
  if (pair) pairs?.remove(pair, call.store.nextVersion());
}

/** Takes away the pairs that a row is part of. */
export function dissolvePairs(call: Call, owner: Table, row: StoredRow, navigation: ManyToMany): void {
  const { pairs, found } = pairsOf(call, owner, row, navigation);
  for (const pair of found) pairs?.remove(pair, call.store.nextVersion());
}

function pointAt(call: Call, owner: Table, navigation: ToMany, id: string, to: string | null): void {
  const children = call.store.tableOf(navigation.target);
  const child = children?.byKey(id);
  const back: ToOne = { ...navigation, kind: 'one', target: owner.schema };
  if (children && child) relinkRow(children, child, (values) => assignLookup(values, back, to), call);
}

function pairOf(call: Call, owner: Table, row: StoredRow, navigation: ManyToMany, id: string) {
  const { pairs, found } = pairsOf(call, owner, row, navigation);
  return { pairs, pair: found.find(({ values }) => values[navigation.far.slot] === id) };
}

function pairsOf(call: Call, owner: Table, row: StoredRow, { through, own }: ManyToMany) {
  const pairs = call.store.tableOf(through);
  const ids = [...(pairs?.withValue(own, idOf(owner, row)) ?? [])];
  return { pairs, found: ids.flatMap((id) => pairs?.byId(id) ?? []) };
}
