import { awkwardId, type AwkwardCase } from './case.js';
import { itemOrderId } from './orders.js';

type Make = AwkwardCase['make'];

/** The number is the integration key, and missing. */
const withoutNumber: Make = ({ msdyn_projects }) => ({ ...msdyn_projects(0), msdynce_projectnumber: null });

/** Its contract never reaches F&O: only work-based orders do. */
const onItemOrder: Make = ({ msdyn_projects }) => ({
  ...msdyn_projects(0),
  msdynce_projectnumber: 'PRJ-00002-GOODS0',
  _msdyn_salesorderid_value: itemOrderId,
});

const withoutStart: Make = ({ msdyn_projects }) => ({
  ...msdyn_projects(0),
  msdynce_projectnumber: 'PRJ-00003-NODATE',
  msdyn_scheduledstart: null,
  msdyn_actualstart: null,
});

const withoutContract: Make = ({ msdyn_projects }) => ({
  ...msdyn_projects(0),
  msdynce_projectnumber: 'PRJ-00004-NOCNTR',
  _msdyn_salesorderid_value: null,
});

export const contractlessProjectId = awkwardId(24);

export const awkwardProjects: AwkwardCase[] = [
  { set: 'msdyn_projects', id: awkwardId(21), what: 'no project number', make: withoutNumber },
  { set: 'msdyn_projects', id: awkwardId(22), what: 'a contract that is an item-based order', make: onItemOrder },
  { set: 'msdyn_projects', id: awkwardId(23), what: 'an empty start date', make: withoutStart },
  {
    set: 'msdyn_projects',
    id: contractlessProjectId,
    what: 'no contract, and yet an actual was booked on it',
    make: withoutContract,
  },
];
