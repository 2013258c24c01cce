import type { JsonValue, ServiceMessage } from '@isthmus/odata';
import { isObject } from '../json.js';

/** `{"error":{"code":"0x80060892","message":"…"}}`; the code may be empty. */
export function messageOf(body: JsonValue | undefined): ServiceMessage {
  const error = isObject(body) ? body['error'] : undefined;
  const { code, message } = isObject(error) ? error : {};
  return {
    message: typeof message === 'string' && message !== '' ? message : 'no reason given',
    ...(typeof code === 'string' && code !== '' ? { code } : {}),
  };
}
