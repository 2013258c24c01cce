import { awkwardId, type AwkwardCase } from './case.js';
import { contractlessProjectId } from './projects.js';

/** Cost of presales work: there is nobody to bill. */
const withoutContract: AwkwardCase['make'] = ({ msdyn_actuals }) => ({
  ...msdyn_actuals(0),
  msdyn_salescontractline: null,
  _msdyn_project_value: contractlessProjectId,
  _msdyn_task_value: null,
  _msdyn_salescontract_value: null,
  _msdyn_salescontractlineid_value: null,
});

export const awkwardActuals: AwkwardCase[] = [
  { set: 'msdyn_actuals', id: awkwardId(61), what: 'a project that has no contract', make: withoutContract },
];
