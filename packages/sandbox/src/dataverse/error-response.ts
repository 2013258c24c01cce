import { randomUUID } from 'node:crypto';
import type { ODataRequest, ODataResponse } from '../odata/index.js';
import { readPreferences, Refusal } from '../odata/index.js';
import type { ResolvedSwitches } from './switches.js';

const DETAILS = '@Microsoft.PowerApps.CDS.ErrorDetails';

/**
 * `{"error":{"code","message"}}`, as every refusal looks, with an id to ask the service about; with all details where the
 * client asks for every annotation.
 */
export function errorResponse(
  { status, code: usual, message, headers }: Refusal,
  { errorCodes }: Pick<ResolvedSwitches, 'errorCodes'>,
  request?: ODataRequest,
): ODataResponse {
  const code = errorCodes[usual] ?? usual;
  const annotated = readPreferences(request?.headers.prefer).get('odata.include-annotations') === '*';
  const error = { code, message, ...(annotated ? detailsOf(code, message) : {}) };
  return {
    status,
    headers: {
      'content-type': 'application/json; odata.metadata=minimal',
      'odata-version': '4.0',
      req_id: randomUUID(),
      ...headers,
    },
    body: JSON.stringify({ error }),
  };
}

const detailsOf = (code: string, message: string): Record<string, string> => ({
  [`${DETAILS}.OperationStatus`]: '0',
  [`${DETAILS}.SubErrorCode`]: String(Number(code) || 0),
  '@Microsoft.PowerApps.CDS.HelpLink':
    `http://go.microsoft.com/fwlink/?LinkID=398563&error=Microsoft.Crm.CrmException%3a${code.replace(/^0x/, '')}` +
    '&client=platform',
  '@Microsoft.PowerApps.CDS.TraceText': '',
  '@Microsoft.PowerApps.CDS.InnerError.Message': message,
});

/** What `answer` says, or the refusal that it threw. */
export function guarded(
  request: ODataRequest,
  switches: Pick<ResolvedSwitches, 'errorCodes'>,
  answer: () => ODataResponse,
): ODataResponse {
  try {
    return answer();
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return errorResponse(refusal, switches, request);
  }
}
