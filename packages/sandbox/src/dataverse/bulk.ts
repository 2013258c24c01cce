import type { JsonObject, ODataResponse } from '../odata/index.js';
import { isObject, readJson, readSegment, Refusal } from '../odata/index.js';
import type { StoredRow, Table } from '../store/index.js';
import type { Call } from './call.js';
import { json, noContent } from './call.js';
import { NAMESPACE } from './dialect.js';
import { errorResponse } from './error-response.js';
import { idOf, mustExist, resolveId, resolveKey } from './keys.js';
import { badPayload, notSupported, noResource, timedOut } from './refusals.js';
import { deleteRow } from './remove.js';
import { createRow, updateRow } from './rows.js';
import { writeAt } from './writes.js';

/** Carries out a message for one target. @returns what the message tells of it, if anything */
type Message = (call: Call, table: Table, target: JsonObject) => string | undefined;

const messages: Readonly<Record<string, Message>> = {
  CreateMultiple: (call, table, target) => idOf(table, createRow(table, target, call)),
  UpdateMultiple: (call, table, target) => {
    updateRow(table, rowOf(target, table), target, call);
    return undefined;
  },
  UpsertMultiple: (call, table, target) => {
    writeAt(call, table, addressOf(target, table), target);
    return undefined;
  },
  DeleteMultiple: (call, table, target) => {
    deleteRow(table, rowOf(target, table), call);
    return undefined;
  },
};

/** `POST /{set}/Microsoft.Dynamics.CRM.CreateMultiple` and its kin: all targets or none, of an elastic table each by itself. */
export function bulk(call: Call, table: Table, action: string): ODataResponse {
  const { name, kind } = table.schema.model;
  const message = action.slice(NAMESPACE.length + 1);
  const carryOut = action.startsWith(`${NAMESPACE}.`) && Object.hasOwn(messages, message) && messages[message];
  if (!carryOut) throw noResource(action);
  const supported = message !== 'DeleteMultiple' || kind === 'elastic';
  if (!supported || call.switches.tablesWithoutBulk.includes(name)) throw notSupported(table.schema, message);
  const all = targets(call, table);
  if (all.length > call.switches.targetsInTime) throw timedOut();
  const ids: (string | undefined)[] = [];
  let failure: Refusal | undefined;
  for (const target of all) {
    try {
      ids.push(call.store.atomically(() => carryOut(call, table, target)));
    } catch (refusal) {
      if (!(refusal instanceof Refusal) || kind !== 'elastic') throw refusal;
      failure ??= refusal;
    }
  }
  // What could be done of an elastic table stays done.
  if (failure) return errorResponse(failure, call.switches, call.request);
  if (message !== 'CreateMultiple') return noContent();
  const context = `${call.root}$metadata#${NAMESPACE}.CreateMultipleResponse`;
  return json(call, 200, JSON.stringify({ '@odata.context': context, Ids: ids }));
}

const rowOf = (target: JsonObject, table: Table): StoredRow =>
  mustExist(table, resolveId(table, String(target[table.schema.model.primaryKey[0] ?? ''])));

function targets(call: Call, table: Table): JsonObject[] {
  const { Targets: list } = readJson(call.request.body);
  if (!Array.isArray(list)) throw badPayload(table.schema, "The parameter 'Targets' is missing.");
  call.watch.hasTargets(list.length);
  const type = `${NAMESPACE}.${table.schema.model.name}`;
  return list.map((target: unknown) => {
    const named = isObject(target) ? String(target['@odata.type'] ?? '').replace(/^#/, '') : '';
    if (!isObject(target) || named !== type)
      throw badPayload(table.schema, `Each target needs the @odata.type '${type}'.`);
    return target;
  });
}

/** By the alternate key in `@odata.id`, or by the primary key among the columns. */
function addressOf(target: JsonObject, table: Table) {
  const { name: primaryKey } = table.schema.key[0] ?? { name: '' };
  const url = target['@odata.id'];
  if (typeof url === 'string')
    return resolveKey(table, readSegment(url.slice(url.indexOf(`${table.schema.model.set}(`))).key ?? []);
  return resolveId(table, String(target[primaryKey] ?? ''));
}
