import type { IsthmusError, Place, WriteOperation } from '@isthmus/core';
import { jsonOf, requestIdOf, serviceMessageOf, type BatchPart } from '@isthmus/odata';
import type { Entity } from '../entities/index.js';
import { errors, type ServiceRefusal } from '../errors.js';

type RefusalCode = {
  [Code in keyof typeof errors]: Parameters<(typeof errors)[Code]>[0] extends ServiceRefusal ? Code : never;
}[keyof typeof errors];

const CODES: Readonly<Record<string, RefusalCode>> = {
  '0x80060892': 'DATAVERSE_KEY_TAKEN',
  '0x80040237': 'DATAVERSE_KEY_TAKEN',
  '0x80040333': 'DATAVERSE_DUPLICATE_FOUND',
  '0x80060882': 'DATAVERSE_ROW_CHANGED',
  '0x80044331': 'DATAVERSE_TEXT_TOO_LONG',
  '0x80072321': 'DATAVERSE_THROTTLED',
  '0x80072322': 'DATAVERSE_THROTTLED',
  '0x80072326': 'DATAVERSE_THROTTLED',
};

const STATUSES: Readonly<Record<number, RefusalCode>> = {
  412: 'DATAVERSE_ROW_CHANGED',
  429: 'DATAVERSE_THROTTLED',
  502: 'DATAVERSE_DISTURBED',
  503: 'DATAVERSE_DISTURBED',
  504: 'DATAVERSE_DISTURBED',
};

/** The error for an operation of a batch that was refused. */
export function refusalOf(entity: Entity, operation: WriteOperation, part: BatchPart): IsthmusError {
  const { code, message } = serviceMessageOf(jsonOf(part) ?? { error: { message: part.text } });
  const kind =
    part.status === 404
      ? missing(entity, operation, message)
      : (CODES[code ?? ''] ?? STATUSES[part.status] ?? 'DATAVERSE_REFUSED');
  const requestId = requestIdOf(part.headers);
  const place: Place = requestId === undefined ? {} : { requestId };
  return errors[kind]({ status: part.status, code, message }, { place });
}

/** `account With Id = … Does Not Exist`, `… does not exist in account entity`: the row itself, or one it points at? */
const missing = ({ type }: Entity, { kind }: WriteOperation, message: string): RefusalCode =>
  kind !== 'create' && message.toLowerCase().split(/\W+/).includes(type.name)
    ? 'DATAVERSE_ROW_MISSING'
    : 'DATAVERSE_REFERENCE_MISSING';
