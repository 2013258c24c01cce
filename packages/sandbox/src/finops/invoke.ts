import type { ActionModel } from '../model/index.js';
import { readJson, type JsonObject, type ODataResponse } from '../odata/index.js';
import type { StoredRow, Table } from '../store/index.js';
import { actions, Stopped } from './accounting/index.js';
import type { Call } from './call.js';
import { json, requestUri } from './call.js';
import { NAMESPACE } from './dialect.js';
import { actionFailed, badRequest, companyDenied, NoRoute, rowNotFound } from './refusals.js';
import { Entry } from './rows.js';
import { mayEnter } from './users.js';

const PREFIX = `${NAMESPACE}.`;

/** Is this segment of a URL the call of an action? */
export const isAction = (segment: string | undefined): segment is string => segment?.startsWith(PREFIX) === true;

/** `POST /{set}/{namespace}.{action}`, or the same of one row. All of what it does, or nothing of it. */
export function invoke(call: Call, table: Table, segment: string, row?: StoredRow): ODataResponse {
  const { model } = table.schema;
  const name = segment.slice(PREFIX.length);
  const boundTo = call.target.key ? 'row' : 'set';
  const declared = model.actions?.find((action) => action.name === name && action.boundTo === boundTo);
  const action = actions[model.set]?.[name];
  if (!declared || !action) throw new NoRoute(requestUri(call));
  if (boundTo === 'row' && !row) throw rowNotFound(call.request.url);
  const parameters = parametersOf(call);
  refuseUnknown(declared, Object.keys(parameters));
  const entry = row && new Entry(row, table.schema);
  const { legalEntityId = call.user.company } = parameters;
  const company = entry?.company ?? String(legalEntityId).toLowerCase();
  if (!mayEnter(call.user, company)) throw companyDenied(company);
  try {
    return actionAnswer(call, action({ store: call.store, company, parameters, ...(entry && { row: entry }) }));
  } catch (stopped) {
    if (stopped instanceof Stopped) throw actionFailed(model, name, stopped.reason);
    throw stopped;
  }
}

/** An action without parameters may have no body. */
export const parametersOf = ({ request: { body } }: Call): JsonObject => (body === '' ? {} : readJson(body));

/** @param type what the action returns; a text unless told */
export const actionAnswer = (call: Call, value: unknown, type = 'Edm.String'): ODataResponse =>
  json(call, 200, JSON.stringify({ '@odata.context': `${call.root}$metadata#${type}`, value }));

function refuseUnknown({ name, parameters }: ActionModel, given: readonly string[]): void {
  const unknown = given.find((each) => parameters.every((parameter) => parameter.name !== each));
  if (unknown !== undefined) throw badRequest(`The parameter '${unknown}' is not a parameter of the action '${name}'.`);
}
