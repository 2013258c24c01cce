import type { IsthmusError } from '@isthmus/core';
import { jsonOf, placeOf, requestIdOf } from './answer.js';
import type { DescribeError } from './client-options.js';
import { errors, type Where } from './errors.js';
import { excerpt, isWebPage } from './excerpt.js';
import type { ODataResponse } from './request.js';
import { NO_REASON, serviceMessageOf } from './service-message.js';

/** A redirection leads to a sign-in page; no service of data answers with one. */
export const isRefusal = ({ status }: ODataResponse): boolean => status >= 300 && status !== 304;

/** The error for a refusal. */
export function refusal(
  answer: ODataResponse,
  where: Where,
  describe: DescribeError = (_status, body) => serviceMessageOf(body),
): IsthmusError {
  const { status, headers, text } = answer;
  const requestId = requestIdOf(headers);
  const place = placeOf(where.connection, headers);
  if (isWebPage(text) && status !== 401 && status !== 403) {
    return errors.ODATA_WEB_PAGE({ status, excerpt: excerpt(text) }, { place });
  }
  const body = jsonOf(answer);
  const { code, message } = body === undefined ? { message: excerpt(text) } : describe(status, body);
  const particulars = { ...where, status, message: message || NO_REASON, code, requestId };
  if (status === 401) return errors.ODATA_UNAUTHORISED(particulars, { place });
  if (status === 403) return errors.ODATA_FORBIDDEN(particulars, { place });
  return errors.ODATA_REFUSED(particulars, { place });
}
