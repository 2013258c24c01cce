import { awkwardId, missingId, type AwkwardCase } from './case.js';

type Make = AwkwardCase['make'];

const [circleA, circleB] = [awkwardId(51), awkwardId(52)] as const;

/** A is below B, and B below A. */
const belowB: Make = ({ msdyn_projecttasks }) => ({
  ...msdyn_projecttasks(0),
  msdyn_subject: 'Circle A',
  msdyn_wbsid: '9',
  _msdyn_parenttask_value: circleB,
});

const belowA: Make = ({ msdyn_projecttasks }) => ({
  ...msdyn_projecttasks(0),
  msdyn_subject: 'Circle B',
  msdyn_wbsid: '9.1',
  _msdyn_parenttask_value: circleA,
});

const parentMissing: Make = ({ msdyn_projecttasks }) => ({
  ...msdyn_projecttasks(0),
  msdyn_subject: 'Orphan',
  msdyn_wbsid: '8.1',
  _msdyn_parenttask_value: missingId,
});

export const awkwardTasks: AwkwardCase[] = [
  { set: 'msdyn_projecttasks', id: circleA, what: 'a parent that is its own child', make: belowB },
  { set: 'msdyn_projecttasks', id: circleB, what: 'a parent that is its own child', make: belowA },
  { set: 'msdyn_projecttasks', id: awkwardId(53), what: 'a parent task that does not exist', make: parentMissing },
];
