import { Answer } from '../answer.js';
import type { BatchPart } from '../request.js';
import { contentIdOf, type Group } from './groups.js';
import { boundaryOf, lineAt, readHeaders, splitParts, type Stretch } from './multipart.js';

export interface BatchAnswer {
  readonly text: string;
  readonly contentType: string | undefined;
  readonly connection: string;
  /** What makes the error, where the answer cannot be read. */
  readonly torn: (reason: string) => Error;
}

/** One answer per operation, in the order of the operations; fewer where the service stopped at a failure. */
export function decodeBatch(groups: readonly Group[], answer: BatchAnswer): BatchPart[] {
  const { text, contentType, torn } = answer;
  const parts = partsOf(contentType, { from: 0, to: text.length }, answer);
  if (parts.length > groups.length) throw torn(`it has ${parts.length} parts for ${groups.length} requests`);
  const results: BatchPart[] = [];
  parts.forEach((part, index) => {
    const group = groups[index];
    if (group) results.push(...answersOf(group, part, answer));
  });
  const stoppedAtFailure = (results.at(-1)?.status ?? 0) >= 400;
  if (parts.length < groups.length && !stoppedAtFailure) {
    throw torn(`it has ${parts.length} parts for ${groups.length} requests, and the last is no failure`);
  }
  return results;
}

function partsOf(contentType: string | undefined, stretch: Stretch, { text, torn }: BatchAnswer): Stretch[] {
  const boundary = boundaryOf(contentType);
  if (boundary === undefined) throw torn(`it is ${contentType ?? 'of no type'}, not multipart/mixed with a boundary`);
  const parts = splitParts(text, boundary, stretch);
  if (!parts) throw torn('its closing boundary is missing');
  return parts;
}

function answersOf({ operations }: Group, part: Stretch, answer: BatchAnswer): BatchPart[] {
  const { headers, next } = readHeaders(answer.text, part);
  const type = headers['content-type'];
  const body = { from: next, to: part.to };
  if (!type?.startsWith('multipart/')) {
    const only = readHttp(body, answer);
    return operations.map(() => only);
  }
  const inner = partsOf(type, body, answer).map((stretch) => {
    const mime = readHeaders(answer.text, stretch);
    return { id: mime.headers['content-id'], result: readHttp({ from: mime.next, to: stretch.to }, answer) };
  });
  const [first] = inner;
  // A change set that failed has one answer for all of it.
  if (first && inner.length === 1) return operations.map(() => first.result);
  if (inner.length !== operations.length) {
    throw answer.torn(`a change set of ${operations.length} operations has ${inner.length} answers`);
  }
  const byId = new Map(inner.map(({ id, result }) => [id, result]));
  return operations.map((operation, index) => {
    const result = byId.get(contentIdOf(operation, index)) ?? inner[index]?.result;
    if (!result) throw answer.torn('an operation of a change set has no answer');
    return result;
  });
}

/** `HTTP/1.1 204 No Content`, headers, body. */
function readHttp({ from, to }: Stretch, { text, connection, torn }: BatchAnswer): BatchPart {
  const { end, next } = lineAt(text, from, to);
  const status = text.startsWith('HTTP/1.', from) ? Number(text.slice(from + 9, Math.min(from + 12, end))) : Number.NaN;
  if (!(status >= 100)) throw torn(`a part begins with no HTTP status: ${text.slice(from, Math.min(end, from + 60))}`);
  const { headers, next: body } = readHeaders(text, { from: next, to });
  return new Answer(status, headers, text.slice(body, to).trim(), connection);
}
