import type { ActionCall, Value } from '@isthmus/core';
import { isJsonObject, queryString, serviceFailure, type ODataClient } from '@isthmus/odata';
import type { Entity } from '../entities/index.js';
import { errors } from '../errors.js';
import { ACROSS_COMPANIES } from '../read/index.js';
import { rowAddress } from '../write/index.js';

/** Parameter that names the company to actions which are bound to all rows, as in the actions of data management. */
const COMPANY_PARAMETER = 'legalEntityId';

/**
 * `POST /data/{set}/{namespace}.{action}`, or the same of one row.
 *
 * @returns `value` of the answer; whatever is no plain value as its JSON
 * @throws FINOPS_ACTION_REFUSED with the reason that the Infolog gives
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
  const request = {
    method: 'POST',
    path: row === undefined ? address : address + queryString({ custom: ACROSS_COMPANIES }),
    body: JSON.stringify({ ...(company !== undefined && { [COMPANY_PARAMETER]: company }), ...parameters }),
    signal,
  } as const;
  const answer = await client.send(request).catch((thrown: unknown) => {
    throw refused(thrown, entity.name, action);
  });
  const body = answer.text === '' ? null : answer.json();
  const value = (isJsonObject(body) ? body['value'] : body) ?? null;
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}

/** What is refused to a client as such (its credentials, its rights) stops more than this action. */
function refused(thrown: unknown, entity: string, action: string): unknown {
  const failure = serviceFailure(thrown);
  if (!failure || failure.status === 401 || failure.status === 403) return thrown;
  return errors.FINOPS_ACTION_REFUSED(
    { entity, action, status: failure.status, message: failure.message },
    { cause: thrown },
  );
}
