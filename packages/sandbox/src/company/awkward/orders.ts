import { unknownAccountId } from './accounts.js';
import { awkwardId, type AwkwardCase } from './case.js';
import { choices } from '../choices.js';

type Make = AwkwardCase['make'];

/** PSA takes 300 characters, F&O 60. */
const longName: Make = ({ salesorders }) => ({
  ...salesorders(0),
  ordernumber: 'ORD-00001-LONGNM',
  name: 'Framework agreement for the design, construction and commissioning of packaging lines in eleven plants, phase two',
});

/** Quotation marks, markup, an emoji outside the basic plane, right-to-left text, a tab, a blank at the end. */
const oddCharacters: Make = ({ salesorders }) => ({
  ...salesorders(0),
  ordernumber: 'ORD-00002-ODDCHR',
  name: `"O'Brien" <R&D> 🚀 שלום\t50% ; `,
});

const withoutCustomer: Make = ({ salesorders }) => ({
  ...salesorders(0),
  ordernumber: 'ORD-00003-NOCUST',
  _customerid_value: null,
  _customerid_type: null,
});

const unknownCustomer: Make = ({ salesorders }) => ({
  ...salesorders(0),
  ordernumber: 'ORD-00004-NEWCUS',
  _customerid_value: unknownAccountId,
  _customerid_type: 'account',
});

/** A choice that somebody added to PSA and no value map knows. */
const unknownPaymentTerms: Make = ({ salesorders }) => ({
  ...salesorders(0),
  ordernumber: 'ORD-00005-TERMS9',
  paymenttermscode: 9,
});

const unmappedUnit: Make = ({ salesorders }, { id }) => ({
  ...salesorders(0),
  ordernumber: 'ORD-00006-ROBOUK',
  _msdyn_contractorganizationalunitid_value: id('msdyn_organizationalunit', 2),
});

/** The number is the integration key, and empty. */
const withoutNumber: Make = ({ salesorders }) => ({ ...salesorders(0), ordernumber: '' });

/** Goods, to be filtered out, yet a project refers to it. */
const itemOrder: Make = ({ salesorders }) => ({
  ...salesorders(0),
  ordernumber: 'ORD-00008-GOODS0',
  msdyn_ordertype: choices.itemBased,
});

export const itemOrderId = awkwardId(18);

export const awkwardOrders: AwkwardCase[] = [
  { set: 'salesorders', id: awkwardId(11), what: 'a name longer than F&O takes', make: longName },
  { set: 'salesorders', id: awkwardId(12), what: 'odd characters in the name', make: oddCharacters },
  { set: 'salesorders', id: awkwardId(13), what: 'no customer', make: withoutCustomer },
  { set: 'salesorders', id: awkwardId(14), what: 'a customer that F&O does not have', make: unknownCustomer },
  {
    set: 'salesorders',
    id: awkwardId(15),
    what: 'a payment terms option that nobody knows',
    make: unknownPaymentTerms,
  },
  { set: 'salesorders', id: awkwardId(16), what: 'an organisational unit without a legal entity', make: unmappedUnit },
  { set: 'salesorders', id: awkwardId(17), what: 'an empty order number', make: withoutNumber },
  { set: 'salesorders', id: itemOrderId, what: 'an item-based order that a project refers to', make: itemOrder },
];
