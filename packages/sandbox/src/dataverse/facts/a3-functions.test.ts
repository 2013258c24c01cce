import { expect } from 'chai';
import { compileFilter, findIds, parseExpression } from '../../odata/index.js';
import type { EntityModel } from '../../model/index.js';
import { Store, type Value } from '../../store/index.js';
import { dialectFor, NAMESPACE } from '../dialect.js';
import { BUSINESS_UNIT, LANGUAGE } from '../organization.js';
import { withDefaults } from '../switches.js';

/** A Wednesday in the second quarter. */
const NOW = '2024-05-15T12:30:00Z';
const USER = '00000000-0000-4000-8000-0000000000aa';
const ID = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

const unit: EntityModel = {
  name: 'unit',
  set: 'units',
  primaryKey: ['unitid'],
  properties: [
    { name: 'unitid', type: 'Edm.Guid', nullable: false },
    { name: 'name', type: 'Edm.String', nullable: true },
    { name: 'count', type: 'Edm.Int32', nullable: true },
    { name: 'kinds', type: 'Edm.String', nullable: true },
    { name: 'at', type: 'Edm.DateTimeOffset', nullable: true },
    { name: 'owner', type: 'Edm.Guid', nullable: true },
    { name: 'language', type: 'Edm.String', nullable: true },
  ],
  lookups: [
    {
      attribute: 'parentid',
      hierarchical: true,
      targets: [{ entity: 'unit', navigation: 'parentid', collection: 'children' }],
    },
  ],
};

/** Rows with a value in one column, and the names of those that a call finds. */
function finder(columns: Readonly<Record<string, Readonly<Record<string, Value>>>>): (call: string) => string[] {
  const store = new Store([unit]);
  const table = store.table('units');
  if (!table) throw new TypeError('There is no such table.');
  let number = 0;
  for (const [name, fields] of Object.entries(columns)) {
    const values = new Array<Value>(table.schema.width).fill(null);
    for (const [field, value] of Object.entries({ unitid: ID(++number), name, ...fields }))
      values[table.schema.byName.get(field)?.slot ?? -1] = value;
    table.insert(values, 1);
  }
  const scope = {
    store,
    dialect: dialectFor(withDefaults()),
    enums: new Map(),
    user: USER,
    now: () => Date.parse(NOW),
  };
  return (call) => {
    const matches = compileFilter(parseExpression(`${NAMESPACE}.${call}`), table.schema, scope);
    const slot = table.schema.byName.get('name')?.slot ?? -1;
    return findIds({ table, matches }).map((id) => String(table.byId(id)?.values[slot]));
  };
}

/** Moments around {@link NOW}, by themselves. */
const MOMENTS = [
  ...['2021-02-10T00:00:00Z', '2022-06-15T00:00:00Z', '2022-12-31T23:59:59Z', '2023-01-01T00:00:00Z'],
  ...['2023-05-14T12:00:00Z', '2023-12-31T23:59:59Z', '2024-01-01T00:00:00Z', '2024-03-31T23:59:59Z'],
  ...['2024-04-01T00:00:00Z', '2024-04-30T23:59:59Z', '2024-05-04T23:59:59Z', '2024-05-05T00:00:00Z'],
  ...['2024-05-08T00:00:00Z', '2024-05-11T23:59:59Z', '2024-05-12T00:00:00Z', '2024-05-14T10:00:00Z'],
  ...['2024-05-15T09:00:00Z', '2024-05-15T12:10:00Z', '2024-05-15T14:00:00Z', '2024-05-16T00:00:00Z'],
  ...['2024-05-18T23:59:59Z', '2024-05-19T00:00:00Z', '2024-05-25T23:59:59Z', '2024-05-26T00:00:00Z'],
  ...['2024-06-01T00:00:00Z', '2024-07-01T00:00:00Z', '2024-10-01T00:00:00Z', '2025-01-01T00:00:00Z'],
  ...['2025-12-31T23:59:59Z', '2026-01-01T00:00:00Z'],
];

const between = (from: string, to: string): string[] => MOMENTS.filter((moment) => moment >= from && moment < to);

/** What each function finds: from a moment up to, and without, another. */
const SPANS: readonly (readonly [call: string, from: string, to: string])[] = [
  ['Today()', '2024-05-15', '2024-05-16'],
  ['Yesterday()', '2024-05-14', '2024-05-15'],
  ['Tomorrow()', '2024-05-16', '2024-05-17'],
  ['Last7Days()', '2024-05-08', '2024-05-16'],
  ['Next7Days()', '2024-05-15', '2024-05-23'],
  ['LastWeek()', '2024-05-05', '2024-05-12'],
  ['ThisWeek()', '2024-05-12', '2024-05-19'],
  ['NextWeek()', '2024-05-19', '2024-05-26'],
  ['LastMonth()', '2024-04-01', '2024-05-01'],
  ['ThisMonth()', '2024-05-01', '2024-06-01'],
  ['NextMonth()', '2024-06-01', '2024-07-01'],
  ['LastYear()', '2023-01-01', '2024-01-01'],
  ['ThisYear()', '2024-01-01', '2025-01-01'],
  ['NextYear()', '2025-01-01', '2026-01-01'],
  ['LastFiscalPeriod()', '2024-01-01', '2024-04-01'],
  ['ThisFiscalPeriod()', '2024-04-01', '2024-07-01'],
  ['NextFiscalPeriod()', '2024-07-01', '2024-10-01'],
  ['LastFiscalYear()', '2023-01-01', '2024-01-01'],
  ['ThisFiscalYear()', '2024-01-01', '2025-01-01'],
  ['NextFiscalYear()', '2025-01-01', '2026-01-01'],
  ['LastXHours(PropertyValue=3)', '2024-05-15T09:00:00Z', '2024-05-15T13:00:00Z'],
  ['LastXDays(PropertyValue=1)', '2024-05-14', '2024-05-16'],
  ['LastXWeeks(PropertyValue=1)', '2024-05-08', '2024-05-16'],
  ['LastXMonths(PropertyValue=1)', '2024-04-15', '2024-05-16'],
  ['LastXYears(PropertyValue=1)', '2023-05-15', '2024-05-16'],
  ['LastXFiscalPeriods(PropertyValue=1)', '2024-02-15', '2024-05-16'],
  ['LastXFiscalYears(PropertyValue=2)', '2022-05-15', '2024-05-16'],
  ['NextXHours(PropertyValue=1)', '2024-05-15T12:00:00Z', '2024-05-15T14:00:00Z'],
  ['NextXDays(PropertyValue=1)', '2024-05-15', '2024-05-17'],
  ['NextXWeeks(PropertyValue=1)', '2024-05-15', '2024-05-23'],
  ['NextXMonths(PropertyValue=1)', '2024-05-15', '2024-06-16'],
  ['NextXYears(PropertyValue=1)', '2024-05-15', '2025-05-16'],
  ['NextXFiscalPeriods(PropertyValue=1)', '2024-05-15', '2024-08-16'],
  ['NextXFiscalYears(PropertyValue=1)', '2024-05-15', '2025-05-16'],
  ['OlderThanXMinutes(PropertyValue=25)', '', '2024-05-15T12:05:00Z'],
  ['OlderThanXHours(PropertyValue=3)', '', '2024-05-15T09:30:00Z'],
  ['OlderThanXDays(PropertyValue=1)', '', '2024-05-14T12:30:00Z'],
  ['OlderThanXWeeks(PropertyValue=1)', '', '2024-05-08T12:30:00Z'],
  ['OlderThanXMonths(PropertyValue=1)', '', '2024-04-15T12:30:00Z'],
  ['OlderThanXYears(PropertyValue=1)', '', '2023-05-15T12:30:00Z'],
  ["On(PropertyValue='2024-05-15')", '2024-05-15', '2024-05-16'],
  ["OnOrAfter(PropertyValue='2024-05-16')", '2024-05-16', '9999'],
  ["OnOrBefore(PropertyValue='2024-05-14')", '', '2024-05-15'],
  ['InFiscalYear(PropertyValue=2023)', '2023-01-01', '2024-01-01'],
  ['InFiscalPeriodAndYear(PropertyValue1=2,PropertyValue2=2024)', '2024-04-01', '2024-07-01'],
  ['InOrAfterFiscalPeriodAndYear(PropertyValue1=4,PropertyValue2=2024)', '2024-10-01', '9999'],
  ['InOrBeforeFiscalPeriodAndYear(PropertyValue1=4,PropertyValue2=2022)', '', '2023-01-01'],
];

const of = (property: string, call: string): string =>
  call.replace('(', `(PropertyName='${property}',`).replace(',)', ')');

describe('protocols A3: the query functions of Microsoft.Dynamics.CRM', () => {
  const shown = new Set<string>();
  const named = (call: string): string => {
    const [name = ''] = call.split('(');
    shown.add(name);
    return `A3: query function ${name}`;
  };

  describe('of the calendar', () => {
    const found = finder(Object.fromEntries(MOMENTS.map((at) => [at, { at }])));

    for (const [call, from, to] of SPANS) {
      it(named(call), () => {
        const expected = between(from, to);
        expect(expected).to.have.length.within(1, MOMENTS.length - 1);
        expect(found(of('at', call))).to.deep.equal(expected);
      });
    }

    it(named('NotOn('), () => {
      expect(found(of('at', "NotOn(PropertyValue='2024-05-15')"))).to.deep.equal(
        MOMENTS.filter((moment) => !moment.startsWith('2024-05-15')),
      );
    });

    it(named('InFiscalPeriod('), () => {
      expect(found(of('at', 'InFiscalPeriod(PropertyValue=1)'))).to.deep.equal(
        MOMENTS.filter((moment) => ['01', '02', '03'].includes(moment.slice(5, 7))),
      );
    });
  });

  describe('of values', () => {
    const found = finder({
      one: { count: 1, kinds: '1,2' },
      five: { count: 5, kinds: '2,3' },
      nine: { count: 9, kinds: '30' },
      none: {},
    });
    const calls: readonly (readonly [call: string, expected: string[]])[] = [
      [`In(PropertyName='count',PropertyValues=["1","9"])`, ['one', 'nine']],
      [`NotIn(PropertyName='count',PropertyValues=["1","9"])`, ['five', 'none']],
      [`Between(PropertyName='count',PropertyValues=["1","5"])`, ['one', 'five']],
      [`NotBetween(PropertyName='count',PropertyValues=["1","5"])`, ['nine', 'none']],
      [`ContainValues(PropertyName='kinds',PropertyValues=["3","1"])`, ['one', 'five']],
      [`DoesNotContainValues(PropertyName='kinds',PropertyValues=["3","1"])`, ['nine', 'none']],
    ];
    for (const [call, expected] of calls) it(named(call), () => expect(found(call)).to.deep.equal(expected));
  });

  describe('of a hierarchy', () => {
    const found = finder({
      head: {},
      middle: { _parentid_value: ID(1) },
      leaf: { _parentid_value: ID(2) },
      other: {},
    });
    const calls: readonly (readonly [name: string, row: number, expected: string[]])[] = [
      ['Under', 1, ['middle', 'leaf']],
      ['UnderOrEqual', 2, ['middle', 'leaf']],
      ['NotUnder', 1, ['head', 'other']],
      ['Above', 3, ['head', 'middle']],
      ['AboveOrEqual', 2, ['head', 'middle']],
    ];
    for (const [name, row, expected] of calls)
      it(named(name), () =>
        expect(found(`${name}(PropertyName='unitid',PropertyValue='${ID(row)}')`)).to.deep.equal(expected),
      );
  });

  describe('of the user who asks', () => {
    const found = finder({
      mine: { owner: USER, language: LANGUAGE },
      theirs: { owner: ID(99), language: '1031' },
      unit: { owner: BUSINESS_UNIT },
    });
    const calls: readonly (readonly [name: string, property: string, expected: string[]])[] = [
      ['EqualUserId', 'owner', ['mine']],
      ['NotEqualUserId', 'owner', ['theirs', 'unit']],
      // Nobody here has a team, or somebody who reports to them.
      ['EqualUserOrUserTeams', 'owner', ['mine']],
      ['EqualUserOrUserHierarchy', 'owner', ['mine']],
      ['EqualUserOrUserHierarchyAndTeams', 'owner', ['mine']],
      ['EqualUserTeams', 'owner', []],
      ['EqualUserLanguage', 'language', ['mine']],
      ['EqualBusinessId', 'owner', ['unit']],
      ['EqualRoleBusinessId', 'owner', ['unit']],
      ['NotBusinessId', 'owner', ['mine', 'theirs']],
    ];
    for (const [name, property, expected] of calls)
      it(named(name), () => expect(found(`${name}(PropertyName='${property}')`)).to.deep.equal(expected));
  });

  it('A3: there is no query function beside these', () => {
    const known = [...dialectFor(withDefaults()).functions.keys()].filter((name) => name.startsWith(NAMESPACE));
    expect(known.map((name) => name.slice(NAMESPACE.length + 1))).to.have.members([...shown]);
  });
});
