import { expect } from 'chai';
import type { EntityModel } from '../model/index.js';
import { dialectFor } from '../dataverse/dialect.js';
import { withDefaults } from '../dataverse/switches.js';
import { finopsDialect } from '../finops/dialect.js';
import { withFinopsDefaults } from '../finops/switches.js';
import type { Table, Value } from '../store/index.js';
import { Store } from '../store/index.js';
import { candidates } from './candidates.js';
import type { Dialect } from './dialect.js';
import { compileFilter } from './filter.js';
import { parseExpression } from './filter-parser.js';
import { findIds } from './find-rows.js';
import { Refusal } from './refusal.js';

const fno = finopsDialect(withFinopsDefaults());

const parent: EntityModel = {
  name: 'parent',
  set: 'parents',
  primaryKey: ['parentid'],
  properties: [
    { name: 'parentid', type: 'Edm.Guid', nullable: false },
    { name: 'name', type: 'Edm.String', nullable: true },
  ],
  lookups: [],
};

const child: EntityModel = {
  name: 'child',
  set: 'children',
  primaryKey: ['childid'],
  alternateKeys: [{ name: 'number_key', attributes: ['number'] }],
  properties: [
    { name: 'childid', type: 'Edm.Guid', nullable: false },
    { name: 'number', type: 'Edm.String', nullable: true },
    { name: 'amount', type: 'Edm.Decimal', nullable: true, scale: 4 },
    { name: 'count', type: 'Edm.Int32', nullable: true },
    { name: 'due', type: 'Edm.DateTimeOffset', nullable: true },
    { name: 'done', type: 'Edm.Boolean', nullable: true },
    { name: 'state', type: 'Enum', enumType: 'NoYes', nullable: false },
  ],
  lookups: [{ attribute: 'parentid', targets: [{ entity: 'parent', navigation: 'Parent' }] }],
};

const ID = (number: number) => `00000000-0000-0000-0000-${String(number).padStart(12, '0')}`;

const enums = new Map([['NoYes', ['No', 'Yes']]]);

describe('$filter', () => {
  let store: Store;
  let children: Table;

  beforeEach(() => {
    store = new Store([parent, child]);
    const parents = store.table('parents')!;
    children = store.table('children')!;
    parents.insert([ID(1), "O'Brien & Co"], 1);
    parents.insert([ID(2), null], 1);
    const row = (...values: Value[]) => children.insert(values, 1);
    row(ID(11), 'A-1', '10.5000', 1, '2026-01-01T00:00:00Z', true, 'Yes', ID(1));
    row(ID(12), 'a-2', '9.0000', 2, '2026-06-01T12:00:00Z', false, 'No', ID(1));
    row(ID(13), 'B_3', null, 3, null, null, 'No', ID(2));
    row(ID(14), null, '12345678901234567.0001', null, '2026-12-31T00:00:00Z', true, 'Yes', null);
  });

  /** Last two digits of the ids that a filter finds, through the indexes where they apply. */
  function found(filter: string, dialect: Dialect = dialectFor(withDefaults())): number[] {
    const expression = parseExpression(filter);
    const matches = compileFilter(expression, children.schema, { store, dialect, enums });
    const within = candidates(expression, children);
    const all = findIds({ table: children, matches });
    expect(findIds({ table: children, matches, within }), 'with indexes').to.deep.equal(all);
    return all.map((id) => Number(String(children.byId(id)?.values[0]).slice(-2)));
  }

  function refused(filter: string, dialect: Dialect = dialectFor(withDefaults())): string {
    try {
      found(filter, dialect);
    } catch (refusal) {
      if (refusal instanceof Refusal) return refusal.message;
    }
    return 'not refused';
  }

  const cases: readonly [string, number[]][] = [
    ["number eq 'a-1'", [11]],
    ["number ne 'A-1'", [12, 13, 14]],
    ['number eq null', [14]],
    ['amount gt 9.5', [11, 14]],
    ['amount eq 10.50', [11]],
    ['amount gt 12345678901234567', [14]],
    ['count ge 2 and count le 3', [12, 13]],
    ["count eq 1 or number eq 'B_3'", [11, 13]],
    ['not (count eq 1)', [12, 13, 14]],
    ['done', [11, 14]],
    ['done eq false', [12]],
    ['due ge 2026-06-01T00:00:00Z', [12, 14]],
    ['due lt 2026-06-01', [11]],
    [`_parentid_value eq ${ID(1)}`, [11, 12]],
    [`_parentid_value eq '${ID(1)}'`, [11, 12]],
    [`childid eq ${ID(13)}`, [13]],
    ["Parent/name eq 'O''Brien & Co'", [11, 12]],
    ['Parent/name eq null', [13, 14]],
    ["contains(number,'-')", [11, 12]],
    ["startswith(number,'a')", [11, 12]],
    ["endswith(number,'_3')", [13]],
    ["contains(number,'_')", [11, 12, 13]],
    ["contains(number,'[_]')", [13]],
    ["contains(number,'A%1')", [11]],
    ['Microsoft.Dynamics.CRM.In(PropertyName=\'number\',PropertyValues=["A-1","B_3"])', [11, 13]],
    ['Microsoft.Dynamics.CRM.NotIn(PropertyName=\'count\',PropertyValues=["1"])', [12, 13, 14]],
    ['Microsoft.Dynamics.CRM.Between(PropertyName=\'amount\',PropertyValues=["9","11"])', [11, 12]],
    ["Microsoft.Dynamics.CRM.On(PropertyName='due',PropertyValue='2026-06-01')", [12]],
    [`(number eq 'A-1' or number eq 'B_3') and count gt 1`, [13]],
    [`count gt 0 and (_parentid_value eq ${ID(2)} or number eq 'A-1')`, [11, 13]],
  ];
  for (const [filter, expected] of cases) {
    it(`finds the right rows for ${filter}`, () => expect(found(filter)).to.deep.equal(expected));
  }

  it('asks whether any or all rows of a collection meet a condition', () => {
    const parents = store.table('parents')!;
    const test = (filter: string) => {
      const matches = compileFilter(parseExpression(filter), parents.schema, {
        store,
        dialect: dialectFor(withDefaults()),
        enums,
      });
      return findIds({ table: parents, matches });
    };
    expect(test("parent_child_Parent/any(c:c/number eq 'B_3')")).to.deep.equal([1]);
    expect(test('parent_child_Parent/all(c:c/count lt 3)')).to.deep.equal([0]);
  });

  it('takes a parameter alias for a value', () => {
    const expression = parseExpression('number eq @p1', new Map([['@p1', "'A-1'"]]));
    const matches = compileFilter(expression, children.schema, { store, dialect: dialectFor(withDefaults()), enums });
    expect(findIds({ table: children, matches })).to.have.length(1);
  });

  it('says where the syntax is wrong', () => {
    expect(refused("number eq 'A")).to.contain('unterminated string literal at position 10');
    expect(refused('number eq')).to.contain('Syntax error');
    expect(refused('(count eq 1')).to.contain('Syntax error');
    expect(refused("('a','b')")).to.contain('list of values is not expected');
    expect(refused(`${'('.repeat(5000)}count eq 1`)).to.contain('nested too deeply');
  });

  it('says which property is not there', () => {
    expect(refused('Number eq 1')).to.equal(
      "Could not find a property named 'Number' on type 'Microsoft.Dynamics.CRM.child'.",
    );
    expect(refused('Parent/age eq 1')).to.contain("'age' on type 'Microsoft.Dynamics.CRM.parent'");
  });

  it('does not compare what does not compare', () => {
    expect(refused("count eq '1'")).to.contain(
      "Found operand types 'Edm.Int32' and 'Edm.String' for operator kind 'Equal'",
    );
  });

  describe('in Dataverse', () => {
    it('compares columns of one row, and of one type', () => {
      expect(found('number eq number')).to.have.length(4);
      expect(refused('number eq Parent/name')).to.contain('Columns of other tables cannot be compared');
      expect(refused('count eq amount')).to.contain("Found operand types 'Edm.Int32' and 'Edm.Decimal'");
    });

    it('knows no operator in, which came with OData 4.01', () => {
      expect(refused("number in ('A-1','a-2')")).to.contain("operator 'in' is not supported");
    });
  });

  describe('in F&O', () => {
    it('takes a star for any text', () => {
      expect(found("number eq '*-*'", fno)).to.deep.equal([11, 12]);
      expect(found("number eq 'a*'", fno)).to.deep.equal([11, 12]);
      expect(found("number ne '*-*'", fno)).to.deep.equal([13, 14]);
    });

    it('wants the typed literal of an enumeration', () => {
      expect(found("state eq Microsoft.Dynamics.DataEntities.NoYes'Yes'", fno)).to.deep.equal([11, 14]);
      expect(refused("state eq 'Yes'", fno)).to.equal(
        'A binary operator with incompatible types was detected. Found operand types ' +
          "'Microsoft.Dynamics.DataEntities.NoYes' and 'Edm.String' for operator kind 'Equal'.",
      );
      expect(refused("state gt Microsoft.Dynamics.DataEntities.NoYes'No'", fno)).to.contain('incompatible types');
    });

    it('calculates', () => {
      expect(found('count add 1 eq 3', fno)).to.deep.equal([12]);
      expect(found('count mul 2 mod 4 eq 2', fno)).to.deep.equal([11, 13]);
    });

    it('knows neither in nor functions', () => {
      expect(refused("number in ('A')", fno)).to.contain("operator 'in' is not supported");
      expect(refused("contains(number,'A')", fno)).to.contain("unknown function with name 'contains'");
    });
  });
});
