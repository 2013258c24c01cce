import type { JsonObject, ODataResponse } from '../odata/index.js';
import { isObject, readJson, readSegment } from '../odata/index.js';
import type { Table } from '../store/index.js';
import type { Call } from './call.js';
import { json, noContent } from './call.js';
import { NAMESPACE } from './dialect.js';
import { idOf, mustExist, resolveId, resolveKey } from './keys.js';
import { badPayload, notSupported, noResource } from './refusals.js';
import { createRow, updateRow } from './rows.js';
import { writeAt } from './writes.js';

/** `POST /{set}/Microsoft.Dynamics.CRM.CreateMultiple` and its kin: all targets, or none. */
export function bulk(call: Call, table: Table, action: string): ODataResponse {
  const { name } = table.schema.model;
  const message = action.slice(NAMESPACE.length + 1);
  if (message === 'DeleteMultiple' || call.switches.tablesWithoutBulk.includes(name))
    throw notSupported(table.schema, message);
  switch (action) {
    case `${NAMESPACE}.CreateMultiple`: {
      const ids = targets(call, table).map((target) => idOf(table, createRow(table, target, call)));
      const context = `${call.root}$metadata#${NAMESPACE}.CreateMultipleResponse`;
      return json(call, 200, JSON.stringify({ '@odata.context': context, Ids: ids }));
    }
    case `${NAMESPACE}.UpdateMultiple`:
      for (const target of targets(call, table)) {
        const id = String(target[table.schema.model.primaryKey[0] ?? '']);
        updateRow(table, mustExist(table, resolveId(table, id)), target, call);
      }
      return noContent();
    case `${NAMESPACE}.UpsertMultiple`:
      for (const target of targets(call, table)) writeAt(call, table, addressOf(target, table), target);
      return noContent();
    default:
      throw noResource(action);
  }
}

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
