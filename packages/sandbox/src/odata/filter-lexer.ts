import type { LiteralType } from './expression.js';
import { DATE, GUID, IDENTIFIER, NUMBER } from './literals.js';
import { Refusal } from './refusal.js';

export type Token =
  | { kind: 'literal'; type: LiteralType; text: string; at: number }
  | { kind: 'enum'; enumType: string; text: string; at: number }
  | { kind: 'name'; text: string; at: number }
  | { kind: 'list'; items: string[]; text: string; at: number }
  | { kind: 'mark'; text: string; at: number }
  | { kind: 'end'; text: ''; at: number };

const MARKS = '(),=:/';

/** Splits an expression into tokens; a guid or a date needs no quotes and is told from a number by its shape. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(source)?.[0];
  };
  while (at < source.length) {
    const character = source.charAt(at);
    if (character === ' ' || character === '\t') {
      at++;
      continue;
    }
    const token = next(source, at, character, take);
    tokens.push(token.token);
    at = token.end;
  }
  tokens.push({ kind: 'end', text: '', at });
  return tokens;
}

function next(
  source: string,
  at: number,
  character: string,
  take: (pattern: RegExp) => string | undefined,
): { token: Token; end: number } {
  if (character === "'") {
    const { text, end } = quoted(source, at);
    return { token: { kind: 'literal', type: 'string', text, at }, end };
  }
  if (MARKS.includes(character)) return { token: { kind: 'mark', text: character, at }, end: at + 1 };
  if (character === '[') return list(source, at);
  for (const [type, pattern] of LITERALS) {
    const text = take(pattern);
    if (text !== undefined) return { token: { kind: 'literal', type, text, at }, end: at + text.length };
  }
  const name = take(IDENTIFIER);
  if (name === undefined) throw syntaxError(source, at);
  const end = at + name.length;
  if (source.charAt(end) === "'") {
    const member = quoted(source, end);
    return { token: { kind: 'enum', enumType: name, text: member.text, at }, end: member.end };
  }
  if (name === 'true' || name === 'false') return { token: { kind: 'literal', type: 'boolean', text: name, at }, end };
  if (name === 'null') return { token: { kind: 'literal', type: 'null', text: name, at }, end };
  return { token: { kind: 'name', text: name, at }, end };
}

const LITERALS: readonly (readonly [LiteralType, RegExp])[] = [
  ['guid', GUID],
  ['date', DATE],
  ['number', NUMBER],
];

/** A text in single quotes that starts at `from`; a quote inside is doubled. */
export function quoted(source: string, from: number): { text: string; end: number } {
  let text = '';
  let start = from + 1;
  for (;;) {
    const close = source.indexOf("'", start);
    if (close < 0) throw syntaxError(source, from, 'There is an unterminated string literal');
    text += source.slice(start, close);
    if (source.charAt(close + 1) !== "'") return { text, end: close + 1 };
    text += "'";
    start = close + 2;
  }
}

/** The JSON array that `PropertyValues` takes. */
function list(source: string, at: number): { token: Token; end: number } {
  let inText = false;
  for (let end = at; end < source.length; end++) {
    const character = source.charAt(end);
    if (character === '"' && source.charAt(end - 1) !== '\\') inText = !inText;
    if (character !== ']' || inText) continue;
    const text = source.slice(at, end + 1);
    try {
      const items: unknown = JSON.parse(text);
      if (Array.isArray(items)) return { token: { kind: 'list', items: items.map(String), text, at }, end: end + 1 };
    } catch {
      break;
    }
  }
  throw syntaxError(source, at);
}

/** Characters of an expression that an error repeats. */
const SHOWN = 500;

export function syntaxError(source: string, at: number, what = 'Syntax error'): Refusal {
  return new Refusal(400, '0x80060888', `${what} at position ${at} in '${source.slice(0, SHOWN)}'.`);
}
