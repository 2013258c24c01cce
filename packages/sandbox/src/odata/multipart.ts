import { Refusal } from './refusal.js';

/** A part of a multipart body; header names in lower case. */
export interface Part {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The boundary that a content type names. */
export function boundaryOf(contentType: string | undefined): string | undefined {
  const match = /^\s*multipart\/mixed\s*;.*?boundary\s*=\s*(?:"([^"]+)"|([^;\s]+))/i.exec(contentType ?? '');
  return match?.[1] ?? match?.[2];
}

/**
 * Splits a multipart body, part by part. A missing closing delimiter is forgiven, as the services do.
 *
 * @param strict whether delimiters and headers must end with CRLF
 */
export function* readParts(body: string, boundary: string, strict: boolean): Generator<Part> {
  const delimiter = `--${boundary}`;
  let at = findDelimiter(body, delimiter, 0);
  if (at < 0) throw malformed(`The batch body does not hold the boundary '${boundary}'.`);
  while (at >= 0 && !body.startsWith('--', at + delimiter.length)) {
    const start = lineEnd(body, at + delimiter.length, strict);
    const next = findDelimiter(body, delimiter, start);
    const end = next < 0 ? body.length : next - 1;
    yield readPart(body.slice(start, Math.max(start, body.charAt(end - 1) === '\r' ? end - 1 : end)), strict);
    at = next;
  }
}

/** The delimiter at the beginning of a line, and not as the beginning of another boundary. */
function findDelimiter(body: string, delimiter: string, from: number): number {
  for (let at = body.indexOf(delimiter, from); at >= 0; at = body.indexOf(delimiter, at + 1)) {
    const after = body.slice(at + delimiter.length, at + delimiter.length + 2);
    if ((at === 0 || body.charAt(at - 1) === '\n') && (after === '--' || /^\s|^$/.test(after))) return at;
  }
  return -1;
}

/** Headers, an empty line, the rest. */
export function readPart(text: string, strict: boolean): Part {
  const headers: Record<string, string> = {};
  let at = 0;
  while (at < text.length) {
    const end = lineEnd(text, at, strict);
    const line = text.slice(at, end).trimEnd();
    at = end;
    if (!line) break;
    const colon = line.indexOf(':');
    if (colon <= 0) {
      throw invalidHeader(line);
    }
    headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  return { headers, body: text.slice(at) };
}

export function writeParts(boundary: string, parts: readonly string[]): string {
  return `${parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--\r\n`;
}

export const invalidHeader = (line: string) =>
  malformed(
    `The message header '${line.slice(0, 100)}' is invalid. ` +
      "The header value must be of the format '<header name>: <header value>'.",
  );

export const malformed = (message: string) => new Refusal(400, '', message);

/** Where the next line begins. */
function lineEnd(body: string, from: number, strict: boolean): number {
  const newline = body.indexOf('\n', from);
  if (newline < 0) return body.length;
  if (strict && body.charAt(newline - 1) !== '\r') {
    throw malformed(`The line '${body.slice(from, newline).slice(0, 100)}' of the batch must end with CRLF.`);
  }
  return newline + 1;
}
