import type { Column, Schema, StoredRow, ToMany, ToOne, Value } from '../store/index.js';
import type { Scope } from './dialect.js';
import { Refusal } from './refusal.js';

/** A column, reached through any number of lookups. */
export interface ResolvedPath {
  readonly column: Column;
  readonly read: (row: StoredRow) => Value;
}

export function resolvePath(segments: readonly string[], schema: Schema, scope: Scope): ResolvedPath {
  const [name, ...rest] = scope.variable !== undefined && segments[0] === scope.variable ? segments.slice(1) : segments;
  if (name === undefined) throw unknownProperty(segments.join('/'), schema, scope);
  if (rest.length === 0) {
    const column = schema.byName.get(name);
    if (!column) throw unknownProperty(name, schema, scope);
    const { slot } = column;
    return { column, read: (row) => row.values[slot] ?? null };
  }
  const navigation = scope.dialect.ownFieldsOnly ? undefined : schema.navigations.get(name);
  if (navigation?.kind !== 'one') throw unknownProperty(name, schema, scope);
  const { column, read } = resolvePath(rest, navigation.target, { ...scope, variable: undefined });
  const follow = follower(navigation, scope);
  return {
    column,
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

/** The rows whose lookup points at a row. */
export function collector({ column, company, target }: ToMany, owner: Schema, { store }: Pick<Scope, 'store'>) {
  const table = store.tableOf(target);
  const [key, area] = [owner.key.at(-1), owner.key[0]];
  const { typeSlot } = column;
  return (row: StoredRow): StoredRow[] => {
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
  if (navigation?.kind !== 'many' || rest.length > 0) throw unknownProperty(path.join('/'), schema, scope);
  return { target: navigation.target, rowsOf: collector(navigation, schema, scope) };
}

export function unknownProperty(name: string, schema: Schema, { dialect }: Pick<Scope, 'dialect'>): Refusal {
  const type = `${dialect.namespace}.${schema.model.name}`;
  return new Refusal(400, '0x80060888', `Could not find a property named '${name}' on type '${type}'.`);
}
