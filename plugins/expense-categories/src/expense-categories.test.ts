import { parametersOf } from '@isthmus/core';
import { expect } from 'chai';
import { validateSync } from 'class-validator';
import { ExpenseCategoriesParameters } from './parameters.js';

const faultsOf = (changes: Partial<Record<keyof ExpenseCategoriesParameters, unknown>>): string[] =>
  validateSync(Object.assign(new ExpenseCategoriesParameters(), changes)).map(({ property }) => property);

describe('The parameters of expense categories', () => {
  it('are sound as they come, and each says what it is for', () => {
    expect(faultsOf({})).to.deep.equal([]);
    for (const { name, doc } of parametersOf(ExpenseCategoriesParameters)) expect(doc, name).to.match(/\.$/);
  });

  it('make categories chargeable, with all nine digits of the option', () => {
    expect(new ExpenseCategoriesParameters()).to.include({ master: 'finops', billingType: 192350001 });
  });

  it('refuse a master that is neither side, and an option that PSA does not have', () => {
    expect(faultsOf({ master: 'both' })).to.deep.equal(['master']);
    expect(faultsOf({ billingType: 19235001 })).to.deep.equal(['billingType']);
  });
});
