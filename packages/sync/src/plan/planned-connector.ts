import type { Connector } from '@isthmus/core';
import { syncErrors } from '../errors.js';
import type { PlannedRows } from './planned-rows.js';

/** The system as a plan sees it: nothing can be written to it, and what is planned is found in it. */
export function plannedConnector(connector: Connector, planned: PlannedRows): Connector {
  return {
    identity: connector.identity,
    describe: (entities) => connector.describe(entities),
    refresh: () => connector.refresh(),
    read: (query) => connector.read(query),
    find: async (query) => planned.over(query, await connector.find(query)),
    count: (...what) => connector.count(...what),
    writeRequests: (operations) => connector.writeRequests(operations),
    write: (batch) => Promise.reject(syncErrors.PLAN_MUST_NOT_WRITE({ what: `rows of ${batch.entity}` })),
    invoke: (call) => Promise.reject(syncErrors.PLAN_MUST_NOT_WRITE({ what: `${call.entity}.${call.action}` })),
    check: () => connector.check(),
    close: () => connector.close(),
  };
}
