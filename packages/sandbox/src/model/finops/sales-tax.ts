import { enumeration, perCompany, real, text } from './fields.js';

/** Sales tax: a line bears the codes that its sales tax group and its item sales tax group have in common. */

const code = perCompany({
  name: 'SalesTaxCode',
  set: 'SalesTaxCodes',
  aotName: 'SalesTaxCodeEntity',
  label: 'Sales tax codes',
  key: ['SalesTaxCode'],
  properties: [
    text('SalesTaxCode', 10, 'mandatory'),
    text('Name', 60),
    real('Percentage'),
    // Smallest step of a tax amount of this code, and which way it is rounded to.
    real('RoundOff'),
    enumeration('RoundOffType', 'TaxRoundOffType'),
  ],
});

const groupCode = perCompany({
  name: 'SalesTaxGroupCode',
  set: 'SalesTaxGroupCodes',
  aotName: 'SalesTaxGroupCodeEntity',
  label: 'Sales tax groups',
  key: ['SalesTaxGroup', 'SalesTaxCode'],
  properties: [
    text('SalesTaxGroup', 10, 'mandatory'),
    text('SalesTaxCode', 10, 'mandatory'),
    enumeration('IsExempt', 'NoYes'),
  ],
});

const itemGroupCode = perCompany({
  name: 'ItemSalesTaxGroupCode',
  set: 'ItemSalesTaxGroupCodes',
  aotName: 'ItemSalesTaxGroupCodeEntity',
  label: 'Item sales tax groups',
  key: ['ItemSalesTaxGroup', 'SalesTaxCode'],
  properties: [text('ItemSalesTaxGroup', 10, 'mandatory'), text('SalesTaxCode', 10, 'mandatory')],
});

export const salesTax = [code, groupCode, itemGroupCode];
