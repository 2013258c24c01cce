import { createHash } from 'node:crypto';
import type { ODataRequest, ODataResponse } from './message.js';

/** Gives an answer the etag of its content, and leaves the content out for who has it already. */
export function withEtag({ headers }: ODataRequest, response: ODataResponse): ODataResponse {
  const etag = `W/"${createHash('sha256')
    .update(response.body ?? '')
    .digest('hex')
    .slice(0, 16)}"`;
  if (headers['if-none-match'] === etag) return { status: 304, headers: { etag, 'odata-version': '4.0' } };
  return { ...response, headers: { ...response.headers, etag } };
}
