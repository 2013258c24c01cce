import { isJsonObject, type JsonValue } from './json/index.js';

/** What a service said when it refused. */
export interface ServiceMessage {
  readonly code?: string | undefined;
  readonly message: string;
}

const SHOWN = 200;

/** `{"error":{"code":"0x80060892","message":"…"}}`; the code may be empty. Another body speaks for itself, cut short. */
export function serviceMessageOf(body: JsonValue): ServiceMessage {
  const error = isJsonObject(body) && isJsonObject(body['error']) ? body['error'] : {};
  const { code, message } = error;
  return {
    code: typeof code === 'string' && code !== '' ? code : undefined,
    message: typeof message === 'string' ? message || NO_REASON : JSON.stringify(body).slice(0, SHOWN),
  };
}

/** Stands for a message that is empty. */
export const NO_REASON = 'no reason given';
