import type { Headers } from '../request.js';

/** A stretch of the text, without the line end before the boundary that follows it. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

const CR = 13;

export function boundaryOf(contentType: string | undefined): string | undefined {
  return /^multipart\/mixed\b.*?;\s*boundary="?([^";]+)"?/i.exec(contentType ?? '')?.[1];
}

/**
 * The parts between boundaries. Works on the one text with `indexOf`; lines may end in CRLF or LF.
 *
 * @returns undefined where the closing boundary is missing
 */
export function splitParts(text: string, boundary: string, { from, to }: Stretch): Stretch[] | undefined {
  const delimiter = `--${boundary}`;
  const parts: Stretch[] = [];
  let at = text.indexOf(delimiter, from);
  while (at !== -1 && at < to) {
    const behind = at + delimiter.length;
    if (text.startsWith('--', behind)) return parts;
    const start = text.indexOf('\n', behind) + 1;
    const next = start === 0 ? -1 : text.indexOf(`\n${delimiter}`, start - 1);
    if (next === -1 || next >= to) return undefined;
    parts.push({ from: start, to: next > start && text.charCodeAt(next - 1) === CR ? next - 1 : next });
    at = next + 1;
  }
  return undefined;
}

/** Reads headers up to the empty line, or to the end. @returns where what follows them begins */
export function readHeaders(text: string, { from, to }: Stretch): { headers: Headers; next: number } {
  const headers: Record<string, string> = {};
  let at = from;
  while (at < to) {
    const { end, next } = lineAt(text, at, to);
    if (end === at) return { headers, next };
    const colon = text.indexOf(':', at);
    if (colon !== -1 && colon < end) headers[text.slice(at, colon).toLowerCase()] = text.slice(colon + 1, end).trim();
    at = next;
  }
  return { headers, next: to };
}

/** @returns the end of the line that begins at `at`, and the begin of the next one */
export function lineAt(text: string, at: number, to: number): { end: number; next: number } {
  const found = text.indexOf('\n', at);
  if (found === -1 || found >= to) return { end: to, next: to };
  return { end: found > at && text.charCodeAt(found - 1) === CR ? found - 1 : found, next: found + 1 };
}
