import type { ODataResponse } from '../odata/index.js';
import { withEtag, writeMetadata } from '../odata/index.js';
import type { Table } from '../store/index.js';
import { aggregateRows } from './apply/index.js';
import { bulk } from './bulk.js';
import type { Call } from './call.js';
import { json } from './call.js';
import { demandPrivilege } from './caller.js';
import { NAMESPACE } from './dialect.js';
import { mustExist, resolveKey } from './keys.js';
import { member } from './members.js';
import { demandAccess } from './ownership.js';
import { readCollection, readCount, readRow } from './reads.js';
import { noResource, notAllowed, notSupported } from './refusals.js';
import { BUSINESS_UNIT, ORGANIZATION } from './organization.js';
import { create, remove, upsert } from './writes.js';

/** Finds out what a request is for: the service itself, a table, a row, or something of a row. */
export function route(call: Call): ODataResponse {
  const { target, request } = call;
  // A function may have its brackets: WhoAmI().
  const answer = target.key?.length ? undefined : ABOUT_ALL.get(target.set);
  if (answer) {
    if (request.method !== 'GET') throw notAllowed(request);
    return answer(call);
  }
  if (target.set === '$batch') throw notAllowed(request);
  const table = call.store.table(target.set);
  if (!table) throw noResource(target.set);
  const { unversioned, pairs } = table.schema.model;
  if (unversioned && request.method !== 'GET') throw notAllowed(request);
  const message = MESSAGES[request.method];
  if (pairs && message !== undefined) throw notSupported(table.schema, message);
  return target.key ? ofRow(call, table) : ofTable(call, table);
}

/** What is not about a table. */
const ABOUT_ALL: ReadonlyMap<string, (call: Call) => ODataResponse> = new Map([
  ['', serviceDocument],
  ['$metadata', metadata],
  ['WhoAmI', whoAmI],
]);

function whoAmI(call: Call): ODataResponse {
  const context = `${call.root}$metadata#${NAMESPACE}.WhoAmIResponse`;
  const who = { BusinessUnitId: BUSINESS_UNIT, UserId: call.caller.user, OrganizationId: ORGANIZATION };
  return json(call, 200, JSON.stringify({ '@odata.context': context, ...who }));
}

function ofTable(call: Call, table: Table): ODataResponse {
  const { method } = call.request;
  const [first] = call.target.rest;
  if (method === 'GET') {
    demandPrivilege('Read', table.schema.model.name, call.switches);
    if (first === '$count') return readCount(call, table);
    const apply = call.target.parameters.get('$apply');
    if (first === undefined)
      return apply === undefined ? readCollection(call, table) : aggregateRows(call, table, apply);
    throw noResource(first);
  }
  if (method !== 'POST') throw notAllowed(call.request);
  return first === undefined ? create(call, table) : bulk(call, table, first);
}

/** What a table of pairs does not know: its rows come and go by associating. */
const MESSAGES: Readonly<Record<string, string>> = { POST: 'Create', PATCH: 'Update', PUT: 'Update', DELETE: 'Delete' };

function ofRow(call: Call, table: Table): ODataResponse {
  const { method } = call.request;
  const { key = [], rest } = call.target;
  const address = resolveKey(table, key);
  if (method === 'GET') {
    demandPrivilege('Read', table.schema.model.name, call.switches);
    if (address.row) demandAccess(table, address.row, call);
  }
  if (rest.length > 0) return member(call, table, mustExist(table, address));
  if (method === 'PATCH') return upsert(call, table, address);
  if (method === 'GET') return readRow(call, table, mustExist(table, address));
  if (method === 'DELETE') return remove(call, table, mustExist(table, address));
  throw notAllowed(call.request);
}

function serviceDocument(call: Call): ODataResponse {
  const value = call.store.tables.map(({ schema: { model } }) => ({
    name: model.set,
    kind: 'EntitySet',
    url: model.set,
  }));
  return json(call, 200, JSON.stringify({ '@odata.context': `${call.root}$metadata`, value }));
}

function metadata(call: Call): ODataResponse {
  const body = writeMetadata(
    call.store.tables.map(({ schema }) => schema),
    {
      namespace: NAMESPACE,
      alias: 'mscrm',
      container: 'System',
      annotations: call.target.parameters.get('annotations') === 'true',
    },
  );
  const headers = { 'content-type': 'application/xml', 'odata-version': '4.0' };
  return withEtag(call.request, { status: 200, headers, body });
}
