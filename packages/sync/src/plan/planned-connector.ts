import type { Connector, Page, ReadQuery } from '@isthmus/core';
import { syncErrors } from '../errors.js';
import type { PlannedRows } from './planned-rows.js';

/** The system as a plan sees it: nothing can be written to it, and what is planned is found in it. */
export function plannedConnector(connector: Connector, planned: PlannedRows): Connector {
  return {
    identity: connector.identity,
    describe: (entities) => connector.describe(entities),
    refresh: () => connector.refresh(),
    read: (query) => readPlanned(connector, planned, query),
    find: async (query) => planned.over(query, await connector.find({ ...query, fields: planned.fieldsFor(query) })),
    count: (...what) => connector.count(...what),
    isEmpty: async (entity, legalEntity) => !planned.has(entity) && connector.isEmpty(entity, legalEntity),
    writeRequests: (operations) => connector.writeRequests(operations),
    write: (batch) => Promise.reject(syncErrors.PLAN_MUST_NOT_WRITE({ what: `rows of ${batch.entity}` })),
    invoke: (call) => Promise.reject(syncErrors.PLAN_MUST_NOT_WRITE({ what: `${call.entity}.${call.action}` })),
    check: () => connector.check(),
    close: () => connector.close(),
  };
}

/** What is there, as it will be. Rows that are planned to be made come with the next plan: their lookups lead nowhere yet. */
async function* readPlanned(connector: Connector, planned: PlannedRows, query: ReadQuery): AsyncGenerator<Page> {
  const { entity, legalEntity } = query;
  if (!planned.has(entity)) {
    yield* connector.read(query);
    return;
  }
  const key = (await connector.describe([entity])).get(entity)?.key ?? [];
  for await (const page of connector.read(query)) {
    yield { ...page, rows: await planned.overRows(entity, legalEntity, key, page.rows) };
  }
}
