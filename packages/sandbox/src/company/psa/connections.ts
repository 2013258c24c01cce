import { audit } from '../calendar.js';
import type { Context, RowMaker } from '../context.js';

/** One connection for every pair: the sale points at the cost that it came from. Estimates first, then actuals. */
export function connectionRow({ plan, id }: Context): RowMaker {
  return (index) => {
    const isEstimate = index < plan.estimatePairs;
    const table = isEstimate ? 'msdyn_estimateline' : 'msdyn_actual';
    const pair = isEstimate ? index : index - plan.estimatePairs;
    return {
      msdyn_transactionconnectionid: id('msdyn_transactionconnection', index),
      msdyn_transaction1: id(table, 2 * pair + 1),
      msdyn_transaction1role: 'Unbilled Sales',
      msdyn_transaction1type: table,
      msdyn_transaction2: id(table, 2 * pair),
      msdyn_transaction2role: 'Cost',
      msdyn_transaction2type: table,
      statecode: 0,
      statuscode: 1,
      ...audit(360),
    };
  };
}
