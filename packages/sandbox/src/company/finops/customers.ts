import type { Context, RowMaker } from '../context.js';
import { type Address, accountNames, accountNumber, addresses, contactNames, contactNumber } from '../parties.js';
import type { Row } from '../types.js';
import { legalEntities } from './companies.js';
import { salesTaxGroupOf } from './sales-tax.js';

/** Every healthy account and contact of PSA is a customer in every legal entity. */
export const customerCount = ({ plan }: Context): number => legalEntities.length * (plan.accounts + plan.contacts);

/** Legal entity by legal entity, the accounts before the contacts. */
export function customerRow({ plan, accountCurrency }: Context): RowMaker {
  const accountName = accountNames(plan.seed);
  const contactName = contactNames(plan.seed);
  const accountAddress = addresses(plan.seed, 'account');
  const contactAddress = addresses(plan.seed, 'contact');
  const account = (index: number): Row => ({
    CustomerAccount: accountNumber(index),
    OrganizationName: accountName(index),
    CustomerGroupId: '10',
    SalesCurrencyCode: accountCurrency(index).code,
    ...common(accountAddress(index)),
  });
  const contact = (index: number): Row => {
    const { first, last } = contactName(index);
    return {
      CustomerAccount: contactNumber(index),
      OrganizationName: `${first} ${last}`,
      CustomerGroupId: '30',
      SalesCurrencyCode: 'USD',
      ...common(contactAddress(index)),
    };
  };
  const parties = plan.accounts + plan.contacts;
  return (index) => {
    const party = index % parties;
    return {
      dataAreaId: legalEntities[Math.floor(index / parties)]?.id ?? '',
      ...(party < plan.accounts ? account(party) : contact(party - plan.accounts)),
    };
  };
}

const common = ({ city, postalCode, country }: Address): Row => ({
  PaymentTerms: 'Net30',
  SalesTaxGroup: salesTaxGroupOf(country),
  AddressCity: city,
  AddressZipCode: postalCode,
  AddressCountryRegionId: country,
});
