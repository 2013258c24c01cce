import { awkwardId, type AwkwardCase } from './case.js';

/** Won as a customer in PSA, never created in F&O. */
const unknownToFinance: AwkwardCase['make'] = ({ accounts }) => ({
  ...accounts(0),
  name: 'Contoso Newcomer',
  accountnumber: 'US-NEWCOMER',
  _primarycontactid_value: null,
});

export const unknownAccountId = awkwardId(1);

export const awkwardAccounts: AwkwardCase[] = [
  { set: 'accounts', id: unknownAccountId, what: 'an account that F&O has no customer for', make: unknownToFinance },
];
