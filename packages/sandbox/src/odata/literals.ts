/** The forms in which values stand in OData URLs; each expression is sticky and is tried at one place. */

export const GUID = /[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}/y;
export const DATE = /\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?/y;
export const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
export const IDENTIFIER = /[@A-Za-z_][\w.]*/y;

export const EMPTY_GUID = '00000000-0000-0000-0000-000000000000';

const whole = (pattern: RegExp) => new RegExp(`^(?:${pattern.source})$`);

const WHOLE_GUID = whole(GUID);
const WHOLE_DATE = whole(DATE);

export const isGuid = (text: string): boolean => text.length === 36 && WHOLE_GUID.test(text);

/** `yyyy-MM-ddTHH:mm:ssZ`, whole seconds in UTC, so that moments compare as text; undefined for what is no moment. */
export function toMoment(text: string): string | undefined {
  if (!WHOLE_DATE.test(text) || !isDay(text.slice(0, 10))) return undefined;
  if (text.length === 10) return `${text}T00:00:00Z`;
  const zoned = /(?:Z|[+-]\d{2}:\d{2})$/.test(text) ? text : `${text}Z`;
  const millis = Date.parse(zoned);
  if (Number.isNaN(millis)) return undefined;
  return text.length === 20 && zoned === text ? text : `${new Date(millis).toISOString().slice(0, 19)}Z`;
}

/** `Date.parse` takes the 30th of February for the 1st or 2nd of March. */
function isDay(day: string): boolean {
  const millis = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(millis) && new Date(millis).toISOString().startsWith(day);
}
