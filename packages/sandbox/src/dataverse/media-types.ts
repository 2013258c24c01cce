import type { ODataRequest, Target } from '../odata/index.js';
import { notAcceptable, unsupportedMediaType } from './refusals.js';

const JSON_OR_ANY = /json|\*\/\*|application\/\*/i;

/** Requests that are answered with something else: CSDL, a number, a bare value. */
const OTHER_ANSWERS = new Set(['$metadata', '$count', '$value']);

/** JSON is spoken, and nothing else; a request that names no type means it. */
export function demandJson({ headers, body }: ODataRequest, { set, rest }: Target): void {
  const { accept, 'content-type': type } = headers;
  const inJson = ![set, ...rest].some((segment) => OTHER_ANSWERS.has(segment));
  if (inJson && accept && !JSON_OR_ANY.test(accept)) throw notAcceptable();
  if (body !== '' && type && !/json/i.test(type)) throw unsupportedMediaType(type);
}
