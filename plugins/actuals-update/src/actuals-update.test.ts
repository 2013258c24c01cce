import { parametersOf } from '@isthmus/core';
import { expect } from 'chai';
import { validateSync } from 'class-validator';
import { ActualsUpdateParameters } from './parameters.js';

const faultsOf = (changes: Partial<Record<keyof ActualsUpdateParameters, unknown>>): string[] =>
  validateSync(Object.assign(new ActualsUpdateParameters(), changes)).map(({ property }) => property);

describe('The parameters of the actuals update', () => {
  it('are sound as they come, and each says what it is for', () => {
    expect(faultsOf({})).to.deep.equal([]);
    for (const { name, doc } of parametersOf(ActualsUpdateParameters)) expect(doc, name).to.match(/\.$/);
  });

  it('lead back to the options that billing and transaction types came from', () => {
    const { billingTypes, transactionTypes } = new ActualsUpdateParameters();
    expect(billingTypes).to.deep.equal({
      NonChargeable: 192350000,
      Chargeable: 192350001,
      Complimentary: 192350002,
      NotAvailable: 192350003,
    });
    expect(transactionTypes).to.include({ Cost: 192350000, Sales: 192350005 });
  });

  it('refuse an option that PSA does not have, and what is no column', () => {
    expect(faultsOf({ billingTypes: { Chargeable: 1 } })).to.deep.equal(['billingTypes']);
    expect(faultsOf({ transactionTypes: ['Cost'] })).to.deep.equal(['transactionTypes']);
    expect(faultsOf({ voucherColumn: 'a column' })).to.deep.equal(['voucherColumn']);
    expect(faultsOf({ voucherColumn: 'new_vouchernumber' })).to.deep.equal([]);
  });
});
