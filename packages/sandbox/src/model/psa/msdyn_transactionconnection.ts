import { activeState, table, text } from './columns.js';

/** Joins two transactions. All six columns are plain text: ids as written, table logical names, role labels. */
export const msdyn_transactionconnection = table({
  name: 'msdyn_transactionconnection',
  set: 'msdyn_transactionconnections',
  primaryKey: 'msdyn_transactionconnectionid',
  primaryName: 'msdyn_name',
  properties: [
    text('msdyn_name', 100),
    text('msdyn_transaction1', 100, 'required'),
    text('msdyn_transaction1role', 100, 'required'),
    text('msdyn_transaction1type', 100, 'required'),
    text('msdyn_transaction2', 100, 'required'),
    text('msdyn_transaction2role', 100, 'required'),
    text('msdyn_transaction2type', 100, 'required'),
    ...activeState,
  ],
  lookups: [],
});
