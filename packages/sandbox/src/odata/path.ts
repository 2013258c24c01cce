import type { Collection, Column, ManyToMany, Schema, StoredRow, ToMany, ToOne, Value } from '../store/index.js';
import type { Scope } from './dialect.js';
import { Refusal } from './refusal.js';

/** A column, reached through any number of lookups. */
export interface ResolvedPath {
  readonly column: Column;
  readonly read: (row: StoredRow) => Value;
  /** Number of lookups on the way. */
  readonly lookups: number;
}

export function resolvePath(segments: readonly string[], schema: Schema, scope: Scope): ResolvedPath {
  const [name, ...rest] = scope.variable !== undefined && segments[0] === scope.variable ? segments.slice(1) : segments;
  if (name === undefined) throw unknownProperty(segments.join('/'), schema, scope);
  if (rest.length === 0) {
    const column = schema.byName.get(name);
    if (!column) throw unknownProperty(name, schema, scope);
    const { slot } = column;
    return { column, read: (row) => row.values[slot] ?? null, lookups: 0 };
  }
  const navigation = scope.dialect.ownFieldsOnly ? undefined : schema.navigations.get(name);
  if (navigation?.kind !== 'one') throw unknownProperty(name, schema, scope);
  scope.enter?.(navigation.target);
  const { column, read, lookups } = resolvePath(rest, navigation.target, { ...scope, variable: undefined });
  const follow = follower(navigation, scope);
  return {
    column,
    lookups: lookups + 1,
    read: (row) => {
      const target = follow(row);
      return target ? read(target) : null;
    },
  };
}

/** The row that a lookup of another row points at. */
export function follower({ column, company, target }: ToOne, { store }: Pick<Scope, 'store'>) {
  const table = store.tableOf(target);
  const { slot, typeSlot } = column;
  return (row: StoredRow): StoredRow | undefined => {
    const id = row.values[slot];
    if (id === null || id === undefined) return undefined;
    if (typeSlot !== undefined && row.values[typeSlot] !== target.model.name) return undefined;
    return company ? table?.byKey(row.values[company.slot] ?? null, id) : table?.byKey(id);
  };
}

type Collect = (row: StoredRow) => StoredRow[];

/** The rows of a collection: those whose lookup points at a row, or those that it is paired with. */
export const collector = (navigation: Collection, owner: Schema, scope: Pick<Scope, 'store'>): Collect =>
  navigation.kind === 'many' ? referring(navigation, owner, scope) : paired(navigation, owner, scope);

function paired({ through, own, far, target }: ManyToMany, owner: Schema, { store }: Pick<Scope, 'store'>): Collect {
  const [pairs, table] = [store.tableOf(through), store.tableOf(target)];
  const key = owner.key[0]?.slot ?? 0;
  return (row) =>
    [...(pairs?.withValue(own, row.values[key] ?? null) ?? [])].flatMap(
      (pair) => table?.byKey(pairs?.byId(pair)?.values[far.slot] ?? null) ?? [],
    );
}

function referring({ column, company, target }: ToMany, owner: Schema, { store }: Pick<Scope, 'store'>): Collect {
  const table = store.tableOf(target);
  const [key, area] = [owner.key.at(-1), owner.key[0]];
  const { typeSlot } = column;
  return (row) => {
    const id = key && row.values[key.slot];
    if (!table || id === undefined) return [];
    const found: StoredRow[] = [];
    for (const child of table.withValue(column, id)) {
      const candidate = table.byId(child);
      if (!candidate) continue;
      if (company && candidate.values[company.slot] !== row.values[area?.slot ?? -1]) continue;
      if (typeSlot === undefined || candidate.values[typeSlot] === owner.model.name) found.push(candidate);
    }
    return found;
  };
}

export function resolveCollection(path: readonly string[], schema: Schema, scope: Scope) {
  const [name, ...rest] = path;
  const navigation = name === undefined || scope.dialect.ownFieldsOnly ? undefined : schema.navigations.get(name);
  if (!navigation || navigation.kind === 'one' || rest.length > 0) throw unknownProperty(path.join('/'), schema, scope);
  scope.enter?.(navigation.target);
  return { target: navigation.target, rowsOf: collector(navigation, schema, scope) };
}

export function unknownProperty(name: string, schema: Schema, { dialect }: Pick<Scope, 'dialect'>): Refusal {
  const type = `${dialect.namespace}.${schema.model.name}`;
  return new Refusal(400, '0x80060888', `Could not find a property named '${name}' on type '${type}'.`);
}
