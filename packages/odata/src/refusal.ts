import type { IsthmusError } from '@isthmus/core';
import { placeOf, requestIdOf } from './answer.js';
import type { DescribeError, ServiceMessage } from './client-options.js';
import { errors, type Where } from './errors.js';
import { excerpt, isWebPage } from './excerpt.js';
import { isJsonObject, type JsonValue } from './json/index.js';
import type { ODataResponse } from './request.js';

/** A redirection leads to a sign-in page; no service of data answers with one. */
export const isRefusal = ({ status }: ODataResponse): boolean => status >= 300 && status !== 304;

/** The error for a refusal. */
export function refusal(
  answer: ODataResponse,
  where: Where,
  describe: DescribeError = describeODataError,
): IsthmusError {
  const { status, headers, text } = answer;
  const requestId = requestIdOf(headers);
  const place = placeOf(where.connection, headers);
  if (isWebPage(text) && status !== 401 && status !== 403) {
    return errors.ODATA_WEB_PAGE({ status, excerpt: excerpt(text) }, { place });
  }
  const body = jsonOf(answer);
  const { code, message } = body === undefined ? { message: excerpt(text) } : describe(status, body);
  const particulars = { ...where, status, message: message || 'no reason given', code, requestId };
  if (status === 401) return errors.ODATA_UNAUTHORISED(particulars, { place });
  if (status === 403) return errors.ODATA_FORBIDDEN(particulars, { place });
  return errors.ODATA_REFUSED(particulars, { place });
}

function jsonOf(answer: ODataResponse): JsonValue | undefined {
  try {
    return answer.json();
  } catch {
    return undefined;
  }
}

/** `{"error":{"code":"…","message":"…"}}` */
function describeODataError(_status: number, body: JsonValue | undefined): ServiceMessage {
  const error = isJsonObject(body) && isJsonObject(body['error']) ? body['error'] : {};
  const { code, message } = error;
  return {
    code: typeof code === 'string' && code !== '' ? code : undefined,
    message: typeof message === 'string' ? message : JSON.stringify(body).slice(0, 200),
  };
}
