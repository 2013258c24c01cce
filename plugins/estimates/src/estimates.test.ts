import { parametersOf, type ParameterClass } from '@isthmus/core';
import { expect } from 'chai';
import { validateSync } from 'class-validator';
import { ExpenseEstimatesParameters, HourEstimatesParameters } from './parameters.js';

const faultsOf = (parameters: ParameterClass, changes: Readonly<Record<string, unknown>>): string[] =>
  validateSync(Object.assign(new parameters(), changes)).map(({ property }) => property);

describe('The parameters of estimates', () => {
  for (const parameters of [HourEstimatesParameters, ExpenseEstimatesParameters]) {
    it(`are sound as they come, and each says what it is for: ${parameters.name}`, () => {
      expect(faultsOf(parameters, {})).to.deep.equal([]);
      for (const { name, doc } of parametersOf(parameters)) expect(doc, name).to.match(/\.$/);
    });

    it(`refuse a forecast model that F&O could not have: ${parameters.name}`, () => {
      for (const forecastModel of ['', 'longer than ten', 7, null]) {
        expect(faultsOf(parameters, { forecastModel }), String(forecastModel)).to.deep.equal(['forecastModel']);
      }
    });
  }

  it('refuse a billing or transaction type that leads to anything but a text', () => {
    expect(faultsOf(ExpenseEstimatesParameters, { billingTypes: { 192350001: 1 } })).to.deep.equal(['billingTypes']);
    expect(faultsOf(ExpenseEstimatesParameters, { transactionTypes: 'Cost' })).to.deep.equal(['transactionTypes']);
  });
});
