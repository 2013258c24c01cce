import { parametersOf, pluginOf, templateOf } from '@isthmus/core';
import { expect } from 'chai';
import { validateSync } from 'class-validator';
import ContractsPlugin from './index.js';
import { ContractsParameters } from './parameters.js';

const faultsOf = (changes: Partial<Record<keyof ContractsParameters, unknown>>): string[] =>
  validateSync(Object.assign(new ContractsParameters(), changes)).map(({ property }) => property);

describe('The parameters of projects and contracts', () => {
  it('are sound as they come, and each says what it is for', () => {
    expect(faultsOf({})).to.deep.equal([]);
    for (const { name, doc } of parametersOf(ContractsParameters)) expect(doc, name).to.match(/\.$/);
  });

  it('may leave out what is optional', () => {
    expect(faultsOf({ sourceDataId: null, contactCustomer: null })).to.deep.equal([]);
  });

  it('refuse a map that leads to anything but texts, and a path that leaves the contact', () => {
    for (const paymentTerms of [{ 1: 7 }, { 1: '' }, ['Net30'], 'Net30', null]) {
      expect(faultsOf({ paymentTerms }), JSON.stringify(paymentTerms)).to.deep.equal(['paymentTerms']);
    }
    expect(faultsOf({ contactCustomer: 'customerid_account.name' })).to.deep.equal(['contactCustomer']);
  });
});

describe('The two versions of projects and contracts', () => {
  const [first, second] = (pluginOf(ContractsPlugin).templates ?? []).map(templateOf);

  it('differ in how a milestone names its contract line, and in nothing else', () => {
    const described = (template: typeof first): string[] =>
      (template?.tasks ?? []).flatMap(({ task, fields }) => fields.map((field) => JSON.stringify([task, field])));
    const differing = described(first).filter((field) => !described(second).includes(field));
    expect(differing).to.have.length(1);
    expect(differing[0]).to.contain('"path":"msdyn_contractline"');
  });
});
