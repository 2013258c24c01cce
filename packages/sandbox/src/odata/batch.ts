import { randomUUID } from 'node:crypto';
import type { ContentIds, ODataRequest, ODataResponse } from './message.js';
import type { Part } from './multipart.js';
import { boundaryOf, invalidHeader, malformed, readPart, readParts, writeParts } from './multipart.js';
import type { Refusal } from './refusal.js';

/** What the two services do differently with a batch. */
export interface BatchPolicy {
  readonly limit: number;
  readonly tooMany: (limit: number) => Refusal;
  /** Whether lines must end with CRLF. */
  readonly strictLines: boolean;
  /** Runs one request; throws nothing. */
  readonly handle: (request: ODataRequest, contentIds: ContentIds) => ODataResponse;
  /** All of `work`, or none of it when it throws. */
  readonly atomically: <T>(work: () => T) => T;
  /** The one answer to a change set, made from the failure inside of it. */
  readonly failedChangeSet: (failure: ODataResponse) => ODataResponse;
  /** Whether that answer still stands inside a change set response, or takes its place. */
  readonly failureInsideSet: boolean;
  readonly stopAtFailure: boolean;
}

/** The parts' answers, and whether one of them ended the batch early. */
interface BatchOutcome {
  readonly parts: string[];
  readonly stopped: boolean;
}

/** Answers a multipart batch: parts in order, change sets as one. Status 400 where a failure ended it. */
export function answerBatch(request: ODataRequest, policy: BatchPolicy): ODataResponse {
  const boundary = boundaryOf(request.headers['content-type']);
  if (!boundary) throw malformed('A batch needs the content type multipart/mixed with a boundary.');
  const { parts, stopped } = run(readBatch(request.body, boundary, policy), policy);
  const answer = `batchresponse_${randomUUID()}`;
  return {
    status: stopped ? 400 : 200,
    headers: { 'content-type': `multipart/mixed; boundary=${answer}`, 'odata-version': '4.0' },
    body: writeParts(answer, parts),
  };
}

type Operation = { readonly request: ODataRequest; readonly contentId: string | undefined };
type Unit =
  | { readonly kind: 'single'; readonly operation: Operation }
  | { readonly kind: 'set'; readonly operations: Operation[] };

function readBatch(body: string, boundary: string, { limit, tooMany, strictLines }: BatchPolicy): Unit[] {
  const units: Unit[] = [];
  let count = 0;
  const counted = (operation: Operation): Operation => {
    if (++count > limit) throw tooMany(limit);
    return operation;
  };
  for (const part of readParts(body, boundary, strictLines)) {
    const inner = boundaryOf(part.headers['content-type']);
    if (!inner) {
      units.push({ kind: 'single', operation: counted(readOperation(part, boundary, strictLines)) });
      continue;
    }
    const operations: Operation[] = [];
    for (const each of readParts(part.body, inner, strictLines)) {
      const operation = readOperation(each, inner, strictLines);
      if (operation.request.method === 'GET') throw malformed('A change set must not hold a GET request.');
      operations.push(counted(operation));
    }
    units.push({ kind: 'set', operations });
  }
  return units;
}

function readOperation(part: Part, boundary: string, strictLines: boolean): Operation {
  const type = part.headers['content-type'] ?? '';
  if (!/^application\/http\b/i.test(type)) {
    throw malformed(`A part of a batch needs the content type 'application/http', and has '${type.slice(0, 100)}'.`);
  }
  const lineEnd = part.body.indexOf('\n');
  const line = part.body.slice(0, lineEnd < 0 ? undefined : lineEnd).trim();
  const [method = '', ...target] = line.split(' ');
  if (target.at(-1)?.startsWith('HTTP/')) target.pop();
  const url = target.join(' ');
  if (!/^[A-Za-z]+$/.test(method) || !url) throw malformed(`The request line '${line.slice(0, 100)}' is invalid.`);
  if (/(?:^|\/)\$batch(?:\?|$)/.test(url)) throw malformed('A batch must not hold another batch.');
  // Without an empty line behind the headers, the delimiter that follows is taken for one of them.
  if (strictLines && !/\n\r?\n|\n$/.test(part.body)) throw invalidHeader(`--${boundary}`);
  const { headers, body } = readPart(lineEnd < 0 ? '' : part.body.slice(lineEnd + 1), strictLines);
  return {
    request: { method: method.toUpperCase(), url, headers, body },
    contentId: part.headers['content-id'] ?? headers['content-id'],
  };
}

function run(units: readonly Unit[], policy: BatchPolicy): BatchOutcome {
  const parts: string[] = [];
  const contentIds = new Map<string, string>();
  for (const unit of units) {
    const { text, failed } =
      unit.kind === 'single' ? runSingle(unit.operation, contentIds, policy) : runSet(unit.operations, policy);
    parts.push(text);
    if (failed && policy.stopAtFailure) return { parts, stopped: true };
  }
  return { parts, stopped: false };
}

function runSingle({ request, contentId }: Operation, contentIds: Map<string, string>, policy: BatchPolicy) {
  const response = policy.handle(request, contentIds);
  remember(contentIds, contentId, response);
  return { text: writePart(response, contentId), failed: response.status >= 400 };
}

/** Leaves the unit of work that a failing part has spoilt. */
class Spoilt {
  constructor(
    readonly response: ODataResponse,
    readonly contentId: string | undefined,
  ) {}
}

function runSet(operations: readonly Operation[], policy: BatchPolicy) {
  const contentIds = new Map<string, string>();
  const boundary = `changesetresponse_${randomUUID()}`;
  try {
    const parts = policy.atomically(() =>
      operations.map(({ request, contentId }) => {
        const response = policy.handle(request, contentIds);
        if (response.status >= 400) throw new Spoilt(response, contentId);
        remember(contentIds, contentId, response);
        return writePart(response, contentId);
      }),
    );
    return { text: writeSet(boundary, parts), failed: false };
  } catch (failure) {
    if (!(failure instanceof Spoilt)) throw failure;
    const part = writePart(policy.failedChangeSet(failure.response), failure.contentId);
    return { text: policy.failureInsideSet ? writeSet(boundary, [part]) : part, failed: true };
  }
}

function remember(contentIds: Map<string, string>, contentId: string | undefined, { headers }: ODataResponse): void {
  const location = headers['odata-entityid'] ?? headers.location;
  if (contentId !== undefined && location !== undefined) contentIds.set(contentId, location);
}

const writeSet = (boundary: string, parts: readonly string[]): string =>
  `Content-Type: multipart/mixed; boundary=${boundary}\r\n\r\n${writeParts(boundary, parts)}`;

function writePart({ status, headers, body = '' }: ODataResponse, contentId: string | undefined): string {
  let text = 'Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n';
  if (contentId !== undefined) text += `Content-ID: ${contentId}\r\n`;
  text += `\r\nHTTP/1.1 ${status} ${REASONS[status] ?? 'Error'}\r\n`;
  for (const [name, value] of Object.entries(headers)) text += `${HEADER_NAMES[name] ?? name}: ${value}\r\n`;
  return `${text}\r\n${body}`;
}

const HEADER_NAMES: Readonly<Record<string, string>> = {
  'content-type': 'Content-Type',
  'odata-version': 'OData-Version',
  'odata-entityid': 'OData-EntityId',
  location: 'Location',
  etag: 'ETag',
  'preference-applied': 'Preference-Applied',
  'retry-after': 'Retry-After',
  req_id: 'REQ_ID',
};

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  204: 'No Content',
  304: 'Not Modified',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  412: 'Precondition Failed',
  413: 'Payload Too Large',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
};
