import { expect } from 'chai';
import { compileFilter, describeFilter, type Condition } from './index.js';

const keeps = (row: Record<string, string | number | boolean | null>, ...conditions: Condition[]): boolean =>
  compileFilter(conditions)(row);

describe('A filter tested here', () => {
  it('decides as the server would: texts without regard to case, numbers by value', () => {
    expect(keeps({ name: 'Contoso' }, { path: 'name', is: 'eq', value: 'CONTOSO' })).to.equal(true);
    expect(keeps({ rate: '1.50' }, { path: 'rate', is: 'eq', value: 1.5 })).to.equal(true);
    expect(keeps({ type: 1 }, { path: 'type', is: 'in', values: [2, 3] })).to.equal(false);
    expect(keeps({ type: null }, { path: 'type', is: 'ne', value: 1 })).to.equal(true);
    expect(keeps({ open: false }, { path: 'open', is: 'eq', value: false })).to.equal(true);
  });

  it('keeps a row only when all conditions hold', () => {
    const both: Condition[] = [
      { path: 'a', is: 'ne', value: null },
      { path: 'b', is: 'eq', value: 1 },
    ];
    expect([keeps({ a: 'x', b: 1 }, ...both), keeps({ a: null, b: 1 }, ...both)]).to.deep.equal([true, false]);
  });

  it('reads well', () => {
    expect(
      describeFilter([
        { path: 'msdyn_ordertype', is: 'eq', value: 192350001 },
        { path: 'name', is: 'in', values: ["O'Brien", null] },
      ]),
    ).to.equal("msdyn_ordertype eq 192350001 and (name eq 'O''Brien' or name eq null)");
  });
});
