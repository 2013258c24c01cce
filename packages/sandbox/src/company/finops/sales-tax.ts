import type { Row } from '../types.js';

/** Sales tax in the United States in two layers that round differently, and one value added tax. */

export const salesTaxCodes: Row[] = [
  { SalesTaxCode: 'STATE', Name: 'State sales tax', Percentage: '6.5', RoundOff: '0.01', RoundOffType: 'Normal' },
  { SalesTaxCode: 'CITY', Name: 'City sales tax', Percentage: '2.375', RoundOff: '0.01', RoundOffType: 'RoundingUp' },
  { SalesTaxCode: 'VAT', Name: 'Value added tax', Percentage: '19', RoundOff: '0.01', RoundOffType: 'Downward' },
];

export const salesTaxGroupCodes: Row[] = [
  { SalesTaxGroup: 'US', SalesTaxCode: 'STATE', IsExempt: 'No' },
  { SalesTaxGroup: 'US', SalesTaxCode: 'CITY', IsExempt: 'No' },
  { SalesTaxGroup: 'EU', SalesTaxCode: 'VAT', IsExempt: 'No' },
  { SalesTaxGroup: 'EXPORT', SalesTaxCode: 'VAT', IsExempt: 'Yes' },
];

export const itemSalesTaxGroupCodes: Row[] = [
  { ItemSalesTaxGroup: 'SERVICE', SalesTaxCode: 'STATE' },
  { ItemSalesTaxGroup: 'SERVICE', SalesTaxCode: 'VAT' },
  { ItemSalesTaxGroup: 'GOODS', SalesTaxCode: 'STATE' },
  { ItemSalesTaxGroup: 'GOODS', SalesTaxCode: 'CITY' },
  { ItemSalesTaxGroup: 'GOODS', SalesTaxCode: 'VAT' },
];

/** Of customers, by their country; those of other countries are not taxed. */
const groups: Readonly<Record<string, string>> = { USA: 'US', DEU: 'EU', FRA: 'EU', CHE: 'EXPORT' };

export const salesTaxGroupOf = (country: string): string => groups[country] ?? '';

/** By category; travel is passed on without tax. */
export const itemTaxGroups: Readonly<Record<string, string>> = {
  Consulting: 'SERVICE',
  Conference: 'SERVICE',
  Entertainment: 'GOODS',
  Gift: 'GOODS',
  Material: 'GOODS',
  Meal: 'GOODS',
};
