import type { IsthmusError, Place } from '@isthmus/core';
import { jsonOf, requestIdOf, type BatchPart } from '@isthmus/odata';
import { errors, type ServiceRefusal } from '../errors.js';
import { messageOf } from './service-message.js';

type RefusalCode = {
  [Code in keyof typeof errors]: Parameters<(typeof errors)[Code]>[0] extends ServiceRefusal ? Code : never;
}[keyof typeof errors];

type Told = Exclude<RefusalCode, 'FINOPS_REFERENCE_MISSING'>;

const MISSING_REFERENCE = /The value '(.*?)' in field '(.*?)' is not found in the related table '(.*?)'/;

/** The service has no codes: what happened is told by its texts. The first that fits decides. */
const TEXTS: readonly (readonly [RegExp, Told])[] = [
  [/No resources were found when selecting for update/i, 'FINOPS_ROW_MISSING'],
  [/(?:has been posted|is in integration journal) .* cannot be changed/i, 'FINOPS_ACTUAL_BOOKED'],
  [/already exists/i, 'FINOPS_DUPLICATE'],
  [/update conflict|deadlock/i, 'FINOPS_WRITE_CONFLICT'],
  [/integration parameters/i, 'FINOPS_PARAMETERS_MISSING'],
  [/too long|longer than|exceeds? the (?:maximum|allowed)|maximum length/i, 'FINOPS_TEXT_TOO_LONG'],
];

const STATUSES: Readonly<Record<number, Told>> = {
  404: 'FINOPS_ROW_MISSING',
  412: 'FINOPS_WRITE_CONFLICT',
  429: 'FINOPS_THROTTLED',
  502: 'FINOPS_DISTURBED',
  503: 'FINOPS_DISTURBED',
  504: 'FINOPS_DISTURBED',
};

/** The error for an operation of a batch that was refused. */
export function refusalOf(part: BatchPart): IsthmusError {
  const { message, inner, type } = messageOf(jsonOf(part) ?? { Message: part.text });
  const refusal: ServiceRefusal = { status: part.status, message, inner, type };
  const requestId = requestIdOf(part.headers);
  const place: Place = requestId === undefined ? {} : { requestId };

  const reference = MISSING_REFERENCE.exec(message);
  if (reference) {
    const [, value = '', field = '', table = ''] = reference;
    return errors.FINOPS_REFERENCE_MISSING({ ...refusal, value, field, table }, { place: { ...place, field } });
  }
  const told = TEXTS.find(([text]) => text.test(message))?.[1];
  return errors[told ?? STATUSES[part.status] ?? 'FINOPS_REFUSED'](refusal, { place });
}
