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

/** Splits a multipart body. A missing closing delimiter is forgiven, as the services do. */
export function readParts(body: string, boundary: string): Part[] {
  const delimiter = `--${boundary}`;
  const parts: Part[] = [];
  let at = body.indexOf(delimiter);
  if (at < 0) throw new Refusal(400, '', `The batch body does not hold the boundary '${boundary}'.`);
  while (at >= 0 && !body.startsWith('--', at + delimiter.length)) {
    const start = lineEnd(body, at + delimiter.length);
    const next = body.indexOf(`\n${delimiter}`, start - 1);
    parts.push(readPart(body.slice(start, next < 0 ? body.length : next).replace(/\r$/, '')));
    at = next < 0 ? -1 : next + 1;
  }
  return parts;
}

/** Headers, an empty line, the rest. */
export function readPart(text: string): Part {
  const headers: Record<string, string> = {};
  let at = 0;
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(at, end).trimEnd();
    at = end + 1;
    if (!line) break;
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  return { headers, body: text.slice(at) };
}

export function writeParts(boundary: string, parts: readonly string[]): string {
  return `${parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--\r\n`;
}

const lineEnd = (body: string, from: number): number => {
  const newline = body.indexOf('\n', from);
  return newline < 0 ? body.length : newline + 1;
};
