import type { ActionCall, Value } from '@isthmus/core';
import { isJsonObject, queryString, type ODataClient } from '@isthmus/odata';
import type { Entity } from '../entities/index.js';
import { ACROSS_COMPANIES } from '../read/index.js';
import { rowAddress } from '../write/index.js';

/** Parameter that names the company to actions which are bound to all rows, as in the actions of data management. */
const COMPANY_PARAMETER = 'legalEntityId';

/**
 * `POST /data/{set}/{namespace}.{action}`, or the same of one row.
 *
 * @returns `value` of the answer; whatever is no plain value as its JSON
 */
export async function invokeAction(
  client: ODataClient,
  entity: Entity,
  { action, key, legalEntity, parameters = {}, signal }: ActionCall,
  defaultLegalEntity: string | undefined,
): Promise<Value> {
  const row = key && rowAddress(entity, defaultLegalEntity)({ key, ...(legalEntity !== undefined && { legalEntity }) });
  const company = row === undefined ? (legalEntity ?? defaultLegalEntity)?.toLowerCase() : undefined;
  const address = `${row ?? entity.set}/${entity.type.namespace}.${action}`;
  const answer = await client.send({
    method: 'POST',
    path: row === undefined ? address : address + queryString({ custom: ACROSS_COMPANIES }),
    body: JSON.stringify({ ...(company !== undefined && { [COMPANY_PARAMETER]: company }), ...parameters }),
    signal,
  });
  const body = answer.text === '' ? null : answer.json();
  const value = (isJsonObject(body) ? body['value'] : body) ?? null;
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}
