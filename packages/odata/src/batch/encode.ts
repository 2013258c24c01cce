import type { BatchOperation, Headers } from '../request.js';
import { contentIdOf, type Group } from './groups.js';

const CRLF = '\r\n';
const PART = `Content-Type: application/http${CRLF}Content-Transfer-Encoding: binary${CRLF}`;
const REFERENCE = /^\$\d/;

export interface EncodeOptions {
  readonly boundary: string;
  /** What stands for a path in the line of a request. */
  readonly addressOf: (path: string) => string;
  /** Of every operation, names in lower case; an operation's own go first. */
  readonly headers: Headers;
  /** Of operations with a body. */
  readonly contentType: string;
}

/** The body of a `$batch` request, `multipart/mixed`. Boundaries need no quotes, and some services trip over them. */
export function encodeBatch(groups: readonly Group[], options: EncodeOptions): string {
  const { boundary } = options;
  const shared = Object.entries(options.headers).map(([name, value]) => ({ name, line: headerLine(name, value) }));
  const allShared = shared.map(({ line }) => line).join('');

  const headerLines = (own: Headers): string => {
    const names = Object.keys(own).map((name) => name.toLowerCase());
    let lines = '';
    for (const { name, line } of shared) if (!names.includes(name)) lines += line;
    for (const [name, value] of Object.entries(own)) lines += headerLine(name, value);
    return lines;
  };

  const http = ({ method, path, headers, body }: BatchOperation): string => {
    const url = REFERENCE.test(path) ? path : options.addressOf(path);
    const lines = headers ? headerLines(headers) : allShared;
    const type = body === undefined ? '' : `Content-Type: ${options.contentType}${CRLF}`;
    return `${CRLF}${method} ${url} HTTP/1.1${CRLF}${lines}${type}${CRLF}${body ?? ''}${CRLF}`;
  };

  const changeSet = (operations: readonly BatchOperation[], inner: string): string => {
    let text = `Content-Type: multipart/mixed; boundary=${inner}${CRLF}${CRLF}`;
    operations.forEach((operation, index) => {
      text += `--${inner}${CRLF}${PART}Content-ID: ${contentIdOf(operation, index)}${CRLF}${http(operation)}`;
    });
    return `${text}--${inner}--${CRLF}`;
  };

  let text = '';
  groups.forEach(({ operations, atomic }, index) => {
    text += `--${boundary}${CRLF}`;
    if (atomic) text += changeSet(operations, `changeset_${index + 1}_${boundary}`);
    else for (const operation of operations) text += PART + http(operation);
  });
  return `${text}--${boundary}--${CRLF}`;
}

const headerLine = (name: string, value: string): string => `${name}: ${value}${CRLF}`;
