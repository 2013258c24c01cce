import { Refusal, type ODataRequest } from '../odata/index.js';
import type { Column, Schema, UniqueIndex } from '../store/index.js';

/** What Dataverse says no with: status, code and words. */

/** The same with another status. */
export const withStatus = ({ code, message }: Refusal, status: number) => new Refusal(status, code, message);

export const badQuery = (message: string) => new Refusal(400, '0x80060888', message);

export const noResource = (segment: string) =>
  new Refusal(404, '0x8006088a', `Resource not found for the segment '${segment}'.`);

/** The resource is there, and does not know the verb. */
export const notAllowed = ({ method }: Pick<ODataRequest, 'method'>) =>
  new Refusal(405, '0x80060888', `The requested resource does not support the HTTP method '${method}'.`);

export const noRoute = (url: string) =>
  new Refusal(404, '', `No HTTP resource was found that matches the request URI '${url}'.`);

export const doesNotExist = ({ model }: Schema, id: string) =>
  new Refusal(404, '0x80040217', `${model.name} With Id = ${id} Does Not Exist`);

export const noSuchKeyValues = ({ model }: Schema) =>
  new Refusal(404, '0x80060891', `A record with the specified key values does not exist in ${model.name} entity`);

export const invalidKey = ({ model }: Schema) =>
  badQuery(
    `The key in the request URI is not valid for resource 'Microsoft.Dynamics.CRM.${model.name}'. ` +
      'Ensure that the names and number of key properties match the declared or alternate key properties for the resource.',
  );

export const matchingKeyExists = () =>
  new Refusal(412, '0x80040237', 'A record with matching key values already exists.');

export function keyViolated({ model }: Schema, { columns }: UniqueIndex): Refusal {
  const attributes = columns.map(({ name }) => name);
  const key = model.alternateKeys?.find(
    (each) =>
      each.attributes.length === columns.length &&
      columns.every(({ name, lookup }) => each.attributes.includes(lookup?.attribute ?? name)),
  );
  return new Refusal(
    412,
    '0x80060892',
    `Entity Key ${key?.name ?? attributes.join(', ')} violated. A record with the same value for ` +
      `${attributes.join(', ')} already exists. A duplicate record cannot be created. ` +
      'Select one or more unique values and try again.',
  );
}

/** Two rows of an N:N relationship are associated once. */
export const pairExists = () => new Refusal(412, '0x80040237', 'Cannot insert duplicate key.');

export const deepUpdate = (schema: Schema, collection: string) =>
  badPayload(schema, `The collection '${collection}' cannot be changed by an update of its row; associate by $ref.`);

export const versionMismatch = () =>
  new Refusal(412, '0x80060882', "The version of the existing record doesn't match the RowVersion property provided.");

/** The payload does not fit the type: an unknown property, a value of another type. */
export const badPayload = ({ model }: Schema, inner: string) =>
  new Refusal(
    400,
    '0x80048d19',
    `Error identified in Payload provided by the user for Entity :'${model.set}'  ---->  ` +
      `InnerException : Microsoft.OData.ODataException: ${inner}`,
  );

export const unknownAttribute = ({ model }: Schema, name: string) =>
  new Refusal(
    400,
    '0x0',
    'An error occurred while validating input parameters: Microsoft.Crm.CrmException: ' +
      `Invalid property '${name}' was found in entity 'Microsoft.Dynamics.CRM.${model.name}'.`,
  );

export const undeclaredNavigation = (schema: Schema, name: string) =>
  badPayload(
    schema,
    `An undeclared property '${name}' which only has property annotations in the payload but no property value was ` +
      'found in the payload. In OData, only declared navigation properties and declared named streams can be ' +
      'represented as properties without values.',
  );

export const directLookup = () =>
  badQuery('CRM do not support direct update of Entity Reference properties, Use Navigation properties instead.');

export const tooLong = ({ model }: Schema, { name, maxLength }: Column) =>
  new Refusal(
    400,
    '0x80044331',
    `A validation error occurred.  The length of the '${name}' attribute of the '${model.name}' entity exceeded ` +
      `the maximum allowed length of '${maxLength}'.`,
  );

export const outsideOptions = ({ model }: Schema, { name, options = {} }: Column) =>
  new Refusal(
    400,
    '0x8004431a',
    `A validation error occurred.  The value of '${name}' on record of type '${model.name}' is outside the valid ` +
      `range. Accepted Values: ${Object.keys(options).join(',')}`,
  );

export const mustNotBeNull = ({ model }: Schema, { name }: Column) =>
  new Refusal(400, '0x80040203', `Attribute: ${name} of entity: ${model.name} cannot be set to NULL`);

export const expiredVersion = (status: number) =>
  new Refusal(
    status,
    '0x80044352',
    'Version stamp associated with the client has expired. Please perform a full sync.',
  );

export const notTracked = ({ model }: Schema) =>
  new Refusal(400, '0x80040203', `Change tracking is not enabled for the entity '${model.name}'.`);

export const notWithTracking = (option: string) =>
  badQuery(`The "${option}" query parameter isn't supported when Change Tracking is enabled.`);

export const tooManyOperations = (limit: number) =>
  new Refusal(400, '0x80040203', `The batch request exceeds the maximum of ${limit} operations.`);

export const missingContentId = (reference: string) =>
  new Refusal(400, '0x80060888', `Content-ID Reference: '${reference}' does not exist in the batch context.`);

/** A user, or an application, that this environment does not know. */
export const notAMember = () => new Refusal(403, '0x80072560', 'The user is not a member of the organization.');

/** @param entity where the privilege is one over a table */
export const privilegeDenied = (user: string, privilege: string, entity?: string) =>
  new Refusal(
    403,
    '0x80040220',
    `Principal user (Id=${user}, type=8) is missing ${privilege} privilege${entity ? ` for entity '${entity}'` : ''}.`,
  );

export const mayNotImpersonate = (user: string) =>
  new Refusal(
    403,
    '',
    `CannotActOnBehalfOfAnotherUser: user (Id=${user}) is missing prvActOnBehalfOfAnotherUser privilege.`,
  );

/** Of a rule that the client asked to be held to. */
export const duplicateFound = (status: number) =>
  new Refusal(
    status,
    '0x80040333',
    'A record was not created or updated because a duplicate of the current record already exists.',
  );

export const tooManyToAggregate = () =>
  new Refusal(400, '0x8004e023', 'The maximum record limit is exceeded. Reduce the number of records.');

export const isReferredTo = () =>
  new Refusal(
    405,
    '0x80040227',
    'The object you tried to delete is associated with another object and cannot be deleted.',
  );

export const urlTooLong = (limit: number) =>
  new Refusal(414, '', `The request URL is longer than ${limit} characters.`);

export const badSyntax = () => new Refusal(400, '0x8006088a', 'Bad Request - Error in query syntax.');

/** A message takes longer than it may. */
export const timedOut = () => new Refusal(500, '', 'The operation has timed out.');

/** Of a row that somebody else owns. */
export const accessDenied = (user: string, { model }: Schema, id: string) =>
  new Refusal(
    403,
    '',
    `AccessDenied: user (Id=${user}) has no access to the record ${id} of the entity '${model.name}'.`,
  );

export const notAcceptable = () =>
  new Refusal(406, '', 'None of the media types that the request accepts is supported: answers are application/json.');

export const unsupportedMediaType = (type: string) =>
  new Refusal(415, '', `The media type '${type}' is not supported: requests are application/json.`);

export const notSupported = ({ model }: Schema, message: string) =>
  new Refusal(
    400,
    '0x80040800',
    `The '${message}' method does not support entities of type '${model.name}'. MessageProcessorCache returned MessageProcessor.Empty.`,
  );
