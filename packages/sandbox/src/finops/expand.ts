import type { ExpandItem, WriteMember } from '../odata/index.js';
import { collector, follower, unknownProperty } from '../odata/index.js';
import type { Navigation, Schema, StoredRow } from '../store/index.js';
import type { Call } from './call.js';
import { sees } from './companies.js';
import { badRequest } from './refusals.js';
import { requireAccess } from './security.js';

/** Of what can be said of an expanded navigation property, F&O takes the columns alone. */
export function refuseDeepExpand(items: readonly ExpandItem[]): void {
  for (const { navigation, reference, given } of items) {
    if (given.includes('$expand')) throw badRequest('Only the first level of $expand is supported.');
    const other = reference ? '$ref' : given.find((name) => name !== '$select');
    if (other !== undefined)
      throw badRequest(`The query option '${other}' is not supported inside of $expand of '${navigation}'.`);
  }
}

/** An expanded navigation property: a row or null, or a list of rows. */
export function expanded(
  { navigation: name }: ExpandItem,
  schema: Schema,
  call: Call,
  writerFor: (target: Schema) => (row: StoredRow) => string,
): WriteMember {
  const navigation = schema.navigations.get(name);
  if (!navigation) throw unknownProperty(name, schema, call.scope);
  requireAccess(call, navigation.target);
  const start = `,${JSON.stringify(name)}:`;
  const write = writerFor(navigation.target);
  const rowsBehind = related(navigation, schema, call);
  if (navigation.kind !== 'one') return (row) => `${start}[${rowsBehind(row).map(write).join(',')}]`;
  return (row) => start + (rowsBehind(row).map(write)[0] ?? 'null');
}

/** Rows that a navigation property leads to; those of other companies hide without `cross-company`. */
export function related(navigation: Navigation, schema: Schema, call: Call): (row: StoredRow) => StoredRow[] {
  const visible = (row: StoredRow): boolean => sees(call, navigation.target, row);
  if (navigation.kind !== 'one') {
    const collect = collector(navigation, schema, call);
    return (row) => collect(row).filter(visible);
  }
  const follow = follower(navigation, call);
  return (row) => [follow(row)].filter((found) => found !== undefined && visible(found)) as StoredRow[];
}
