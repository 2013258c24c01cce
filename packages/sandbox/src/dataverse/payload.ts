import type { JsonObject } from '../odata/index.js';
import { isObject } from '../odata/index.js';
import type { Collection, Schema, Table, Value } from '../store/index.js';
import { assignLookup, resolveReference } from './binds.js';
import type { Call } from './call.js';
import { badPayload, directLookup, undeclaredNavigation, unknownAttribute } from './refusals.js';
import { decodeValue } from './values.js';

const BIND = '@odata.bind';

/** What a payload puts into a collection of its row: rows to be created once their parent is, and rows that are there. */
export interface Members {
  readonly navigation: Collection;
  readonly payloads: readonly JsonObject[];
  readonly ids: readonly string[];
}

export interface Assigned {
  /** Slots that the payload gave a value. */
  readonly given: ReadonlySet<number>;
  readonly members: readonly Members[];
}

/** Creates a related row out of a nested object, and returns its id. */
export type CreateNested = (table: Table, payload: JsonObject) => string;

/** Puts a payload's values into a row: columns, bound lookups, nested rows. What the client may not write is left out. */
export function assignPayload(
  values: Value[],
  payload: JsonObject,
  table: Table,
  call: Call,
  createNested: CreateNested,
): Assigned {
  const { schema } = table;
  const given = new Set<number>();
  const members: Members[] = [];
  for (const name in payload) {
    const value = payload[name];
    const column = schema.byName.get(name);
    if (column) {
      if (column.lookup && value !== undefined) throw directLookup();
      if (column.readOnly) continue;
      values[column.slot] = decodeValue(value, column, schema);
      given.add(column.slot);
      continue;
    }
    const at = name.indexOf('@');
    if (at >= 0 && !name.endsWith(BIND)) continue;
    const navigation = schema.navigations.get(at < 0 ? name : name.slice(0, at));
    if (!navigation) throw at < 0 ? unknownAttribute(schema, name) : undeclaredNavigation(schema, name.slice(0, at));
    if (navigation.kind === 'one' && navigation.column.lookup?.readOnly) continue;
    if (navigation.kind !== 'one') {
      members.push(membersOf(navigation, value, at >= 0, schema, call));
      continue;
    }
    const target = call.store.tableOf(navigation.target);
    const nested = at < 0 && target && isObject(value) ? createNested(target, value) : undefined;
    const id = nested ?? (value === null ? null : resolveReference(value, navigation.target, schema, call));
    assignLookup(values, navigation, id);
    given.add(navigation.column.slot);
  }
  return { given, members };
}

/** @param bound the list names rows that are there, by their addresses */
function membersOf(navigation: Collection, value: unknown, bound: boolean, schema: Schema, call: Call): Members {
  const fits = Array.isArray(value) && value.every((each) => (bound ? typeof each === 'string' : isObject(each)));
  if (!fits) {
    const wanted = bound ? 'addresses' : 'objects';
    throw badPayload(schema, `The collection '${navigation.name}' takes a list of ${wanted}.`);
  }
  if (!bound) return { navigation, payloads: value.filter(isObject), ids: [] };
  const ids = value.map((each) => resolveReference(each, navigation.target, schema, call));
  return { navigation, payloads: [], ids };
}
