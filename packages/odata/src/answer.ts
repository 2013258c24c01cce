import { isIsthmusError, type Place } from '@isthmus/core';
import { readJson, type JsonValue } from './json/index.js';
import type { Headers, ODataResponse } from './request.js';

/** Names under which services put the id of a request, for their support desk. */
const REQUEST_IDS = [
  'req_id',
  'x-ms-service-request-id',
  'request-id',
  'x-ms-request-id',
  'x-ms-correlation-request-id',
];

/** @param headers names in lower case */
export function requestIdOf(headers: Headers): string | undefined {
  const name = REQUEST_IDS.find((candidate) => headers[candidate]);
  return name === undefined ? undefined : headers[name];
}

export function placeOf(connection: string, headers: Headers): Place {
  const requestId = requestIdOf(headers);
  return requestId === undefined ? { connection } : { connection, requestId };
}

/** The body, unless it is no JSON: a gateway between here and the service answers in whatever form it likes. */
export function jsonOf(answer: ODataResponse): JsonValue | undefined {
  try {
    return answer.json();
  } catch {
    return undefined;
  }
}

/** An answer whose body is parsed when first asked for. */
export class Answer implements ODataResponse {
  private parsed: JsonValue | undefined;

  constructor(
    readonly status: number,
    readonly headers: Headers,
    readonly text: string,
    private readonly connection: string,
  ) {}

  json(): JsonValue {
    if (this.parsed === undefined) {
      try {
        this.parsed = readJson(this.text, this.status);
      } catch (thrown) {
        throw isIsthmusError(thrown) ? thrown.at(placeOf(this.connection, this.headers)) : thrown;
      }
    }
    return this.parsed;
  }
}
