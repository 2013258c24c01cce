import { randomUUID } from 'node:crypto';
import type { BatchOperation, BatchOptions, ODataRequest } from '../request.js';
import { encodeBatch, type EncodeOptions } from './encode.js';
import type { Group } from './groups.js';

type Encoding = Omit<EncodeOptions, 'boundary'>;

/** The `POST $batch` for these operations. It may be sent again only if all of them read. */
export function batchRequest(groups: readonly Group[], options: BatchOptions, encoding: Encoding): ODataRequest {
  const boundary = `batch_${randomUUID()}`;
  return {
    method: 'POST',
    path: '$batch',
    headers: {
      ...options.headers,
      accept: 'multipart/mixed',
      'content-type': `multipart/mixed; boundary=${boundary}`,
    },
    prefer: options.continueOnError ? ['odata.continue-on-error'] : [],
    body: encodeBatch(groups, { ...encoding, boundary }),
    idempotent: groups.every(({ operations }) => operations.every(isRead)),
    load: options.size && {
      size: options.size,
      operations: groups.reduce((sum, { operations }) => sum + operations.length, 0),
    },
    signal: options.signal,
  };
}

const isRead = ({ method }: BatchOperation): boolean => method === 'GET';
