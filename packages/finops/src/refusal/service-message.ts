import { isJsonObject, type JsonValue, type ServiceMessage } from '@isthmus/odata';
import { parseInfolog, reasonsOf } from './infolog.js';

/** What the service said, for people and whole. */
export interface FinopsMessage extends ServiceMessage {
  /** As it came. */
  readonly inner: string;
  /** Type of the exception on the server. */
  readonly type?: string;
}

/**
 * Pulls the reason out of an error body: the Infolog of `error.innererror`, or the nearest thing to it that there is.
 * A refused route comes as `{"Message": …}` instead.
 */
export function messageOf(body: JsonValue | undefined): FinopsMessage {
  const error = objectAt(body, 'error');
  const innerError = objectAt(error, 'innererror');
  const inner =
    textAt(innerError, 'message') ?? textAt(error, 'message') ?? textAt(body, 'Message') ?? 'no reason given';
  const reasons = reasonsOf(parseInfolog(inner));
  const code = textAt(error, 'code');
  const type = textAt(innerError, 'type');
  return {
    message: reasons.length > 0 ? reasons.join(' ') : inner,
    inner,
    ...(code === undefined ? {} : { code }),
    ...(type === undefined ? {} : { type }),
  };
}

type Maybe = JsonValue | undefined;

const objectAt = (body: Maybe, name: string): Maybe => (isJsonObject(body) ? body[name] : undefined);

/** Empty texts say nothing: the service fills the places that it has nothing for with them. */
function textAt(body: Maybe, name: string): string | undefined {
  const value = objectAt(body, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
