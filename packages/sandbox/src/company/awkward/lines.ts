import { awkwardId, missingId, type AwkwardCase } from './case.js';

type Make = AwkwardCase['make'];

/** Allowed in PSA: the line waits for its project. */
const withoutProject: Make = ({ salesorderdetails }) => ({
  ...salesorderdetails(0),
  sequencenumber: 901,
  lineitemnumber: 901,
  _msdyn_project_value: null,
});

/** Its order was deleted behind the platform's back. */
const orderMissing: Make = ({ salesorderdetails }) => ({
  ...salesorderdetails(0),
  sequencenumber: 902,
  lineitemnumber: 902,
  _salesorderid_value: missingId,
});

export const awkwardLines: AwkwardCase[] = [
  { set: 'salesorderdetails', id: awkwardId(31), what: 'a contract line without project', make: withoutProject },
  { set: 'salesorderdetails', id: awkwardId(32), what: 'an order that does not exist', make: orderMissing },
];
