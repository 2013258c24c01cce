import type { Context } from '../context.js';
import { accountNames, accountNumber, addresses, contactNames, contactNumber } from '../parties.js';
import type { Row } from '../types.js';
import { legalEntities } from './companies.js';
import { salesTaxGroupOf } from './sales-tax.js';

/** Every healthy account and contact of PSA is a customer in every legal entity. */
export function* customerRows({ plan, accountCurrency }: Context): Iterable<Row> {
  const accountName = accountNames(plan.seed);
  const contactName = contactNames(plan.seed);
  const accountAddress = addresses(plan.seed, 'account');
  const contactAddress = addresses(plan.seed, 'contact');
  for (const { id: dataAreaId } of legalEntities) {
    for (let index = 0; index < plan.accounts; index++) {
      const { city, postalCode, country } = accountAddress(index);
      yield {
        dataAreaId,
        CustomerAccount: accountNumber(index),
        OrganizationName: accountName(index),
        CustomerGroupId: '10',
        SalesCurrencyCode: accountCurrency(index).code,
        PaymentTerms: 'Net30',
        SalesTaxGroup: salesTaxGroupOf(country),
        AddressCity: city,
        AddressZipCode: postalCode,
        AddressCountryRegionId: country,
      };
    }
    for (let index = 0; index < plan.contacts; index++) {
      const { first, last } = contactName(index);
      const { city, postalCode, country } = contactAddress(index);
      yield {
        dataAreaId,
        CustomerAccount: contactNumber(index),
        OrganizationName: `${first} ${last}`,
        CustomerGroupId: '30',
        SalesCurrencyCode: 'USD',
        PaymentTerms: 'Net30',
        SalesTaxGroup: salesTaxGroupOf(country),
        AddressCity: city,
        AddressZipCode: postalCode,
        AddressCountryRegionId: country,
      };
    }
  }
}
