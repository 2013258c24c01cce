import type { Column, Schema, Table, Value } from '../store/index.js';
import type { Call } from './call.js';
import { versionNumber } from './version-number.js';
import type { ComputeMoney } from './money.js';
import { compileMoney } from './money.js';

/** Tables whose number the system gives where the client does not. */
const NUMBERED: Readonly<Record<string, { readonly column: string; readonly prefix: string }>> = {
  salesorder: { column: 'ordernumber', prefix: 'ORD' },
  msdyn_project: { column: 'msdynce_projectnumber', prefix: 'PRJ' },
};

/** When a row was written, by whom, and by which application in whose place. */
interface Authorship {
  readonly on: Column | undefined;
  readonly by: Column | undefined;
  readonly onBehalfBy: Column | undefined;
}

/** What writing into one table needs, looked up once. */
export interface Plan {
  readonly money: ComputeMoney | undefined;
  readonly number: { readonly column: Column; readonly prefix: string } | undefined;
  readonly required: readonly Column[];
  /** Columns whose text is that of others. */
  readonly joined: readonly { readonly to: Column; readonly from: readonly Column[] }[];
  readonly defaults: readonly Value[];
  readonly created: Authorship;
  readonly modified: Authorship;
  readonly version: Column | undefined;
}

const plans = new WeakMap<Table, Plan>();

export function planOf(table: Table, { store, switches }: Pick<Call, 'store' | 'switches'>): Plan {
  const known = plans.get(table);
  if (known) return known;
  const { schema } = table;
  const number = NUMBERED[schema.model.name];
  const numbered = number && schema.byName.get(number.column);
  const plan: Plan = {
    money: compileMoney(schema, store, switches.moneyPrecision),
    number: number && numbered && { column: numbered, prefix: number.prefix },
    required: schema.columns.filter(({ required, readOnly }) => required === 'systemrequired' && !readOnly),
    joined: schema.columns.flatMap((to) =>
      to.joined ? [{ to, from: to.joined.flatMap((name) => schema.byName.get(name) ?? []) }] : [],
    ),
    defaults: defaultsOf(schema),
    created: authorship('created', schema),
    modified: authorship('modified', schema),
    version: schema.byName.get('versionnumber'),
  };
  plans.set(table, plan);
  return plan;
}

/** The values of a row of which nothing is said. */
export function defaultsOf({ columns, width }: Schema): readonly Value[] {
  const values = new Array<Value>(width).fill(null);
  for (const { slot, default: value } of columns) values[slot] = value ?? null;
  return values;
}

const authorship = (verb: 'created' | 'modified', { byName }: Schema): Authorship => ({
  on: byName.get(`${verb}on`),
  by: byName.get(`_${verb}by_value`),
  onBehalfBy: byName.get(`_${verb}onbehalfby_value`),
});

/** Signs a row: time, author, version. @returns the version */
export function stamp(
  values: Value[],
  { created, modified, version }: Plan,
  { caller, store, switches }: Call,
  isNew: boolean,
): number {
  const now = `${new Date().toISOString().slice(0, 19)}Z`;
  for (const { on, by, onBehalfBy } of isNew ? [created, modified] : [modified]) {
    if (on) values[on.slot] = now;
    if (by) values[by.slot] = caller.user;
    if (onBehalfBy) values[onBehalfBy.slot] = caller.onBehalfBy;
  }
  const next = store.nextVersion();
  if (version) values[version.slot] = versionNumber(next, switches);
  return next;
}

/** Puts together what the platform puts together of other columns. */
export function join(values: Value[], { joined }: Plan): void {
  for (const { to, from } of joined) {
    const texts = from.flatMap(({ slot }) =>
      values[slot] === null || values[slot] === undefined ? [] : [String(values[slot])],
    );
    values[to.slot] = texts.join(' ').slice(0, to.maxLength) || null;
  }
}
