import type { ODataResponse } from '../odata/index.js';
import { Refusal } from '../odata/index.js';
import type { EntityModel } from '../model/index.js';
import type { ResolvedFinopsSwitches } from './switches.js';

const WRITE_EXCEPTION = 'Microsoft.Dynamics.Platform.Integration.Services.OData.AxODataWriteException';
const ODATA_EXCEPTION = 'Microsoft.OData.Core.ODataException';
const STACK_TRACE = '   at Microsoft.Dynamics.Platform.Integration.Services.OData.AxODataDelegatingHandler.SendAsync()';

export type Level = 'Info' | 'Warning' | 'Error';

/** A refusal with the exception type that F&O names in its inner error. */
class FinopsRefusal extends Refusal {
  constructor(
    status: number,
    message: string,
    readonly exception: string,
  ) {
    super(status, '', message);
  }
}

type Entries = readonly (readonly [Level, string])[];

/** What the application logged while it refused a write. The sentence that helps comes first, the noise behind it. */
export const writeFailed = (model: EntityModel, ...entries: Entries): Refusal => failedWith(400, model, entries);

function failedWith(status: number, { aotName = '' }: EntityModel, entries: Entries): Refusal {
  const infolog = entries.map(([level, text]) => `${level}: ${text}`).join('; ');
  return new FinopsRefusal(
    status,
    `Write failed for table row of type '${aotName}'. Infolog: ${infolog}.`,
    WRITE_EXCEPTION,
  );
}

/** A refusal of a single field. */
export const fieldRefused = (model: EntityModel, field: string, text: string) =>
  writeFailed(model, ['Warning', text], ['Warning', `validateField failed on field '${model.aotName}.${field}'.`]);

/** A refusal of the row as a whole. */
export const rowRefused = (model: EntityModel, level: Level, text: string) =>
  writeFailed(
    model,
    [level, text],
    ['Warning', `validateWrite failed on data source '${model.table} (${model.table})'.`],
  );

export const notFoundText = (label: string, related: string, value: string) =>
  `The value '${value}' in field '${label}' is not found in the related table '${related}'.`;

/** @param record the values of its key, each behind the label of its field */
export const alreadyExists = (model: EntityModel, record: string) =>
  writeFailed(model, [
    'Info',
    `Cannot create a record in ${model.label} (${model.table}). ${record}. The record already exists.`,
  ]);

export const hasDependents = (model: EntityModel, dependent: string) =>
  writeFailed(model, ['Error', `${model.label} cannot be deleted while dependent ${dependent} exist.`]);

export const noRowForUpdate = (status: number) =>
  new FinopsRefusal(status, 'No resources were found when selecting for update.', 'System.InvalidOperationException');

/** @param record as of {@link alreadyExists} */
export const updateConflict = (model: EntityModel, record: string, status: number) =>
  failedWith(status, model, [
    [
      'Error',
      `Cannot edit a record in ${model.label} (${model.table}). ${record}. An update conflict occurred due to another ` +
        'user process deleting the record or changing one or more fields in the record.',
    ],
  ]);

/** An action came to nothing. */
export const actionFailed = ({ aotName = '' }: EntityModel, action: string, reason: string) =>
  new FinopsRefusal(
    400,
    `Exception occurred while executing action ${action} on Entity ${aotName}: Infolog: Error: ${reason}.`,
    'System.InvalidOperationException',
  );

/** The user has no role for it. The texts are the sandbox's own. */
export const accessDenied = ({ aotName, name }: EntityModel) =>
  unauthorized(`Access denied: the user has no permission for the entity '${aotName ?? name}'.`);

export const companyDenied = (company: string) =>
  unauthorized(`Access denied: the user has no access to the company '${company}'.`);

const unauthorized = (message: string) => new FinopsRefusal(403, message, 'System.UnauthorizedAccessException');

export const badRequest = (message: string) => new FinopsRefusal(400, message, ODATA_EXCEPTION);

export const rowNotFound = (url: string, status = 404) =>
  new FinopsRefusal(status, `No resource was found for the request URI '${url}'.`, ODATA_EXCEPTION);

export const urlTooLong = (limit: number) =>
  new FinopsRefusal(414, `The request URL is longer than ${limit} characters.`, ODATA_EXCEPTION);

/** Said in front of the service: another body than all other errors. */
class PlainRefusal extends Refusal {}

/** The address leads nowhere. */
export class NoRoute extends PlainRefusal {
  constructor(url: string) {
    super(404, '', `No HTTP resource was found that matches the request URI '${url}'.`);
  }
}

/** Who asks is not let in. */
export const notLetIn = ({ status, message, headers }: Refusal, body: ResolvedFinopsSwitches['authFailureBody']) =>
  body === 'message' ? new PlainRefusal(status, '', message, headers) : new Refusal(status, '', message, headers);

export function errorResponse(refusal: Refusal): ODataResponse {
  const { status, message, headers } = refusal;
  const type = refusal instanceof FinopsRefusal ? refusal.exception : ODATA_EXCEPTION;
  const body =
    refusal instanceof PlainRefusal
      ? { Message: message }
      : {
          error: {
            code: '',
            message: 'An error has occurred.',
            innererror: { message, type, stacktrace: STACK_TRACE },
          },
        };
  return {
    status,
    headers: { 'content-type': 'application/json; odata.metadata=minimal', 'odata-version': '4.0', ...headers },
    body: JSON.stringify(body),
  };
}
