import { quoted } from './filter-lexer.js';
import { readParameters } from './query-options.js';
import { Refusal } from './refusal.js';
import { splitOutside } from './split.js';

/** One part of a key in a URL; without a name where a single key value stands alone. */
export interface KeyPart {
  readonly name?: string;
  readonly text: string;
  /** As it stands in the URL, quotes included. */
  readonly literal: string;
}

/** `salesorders(ordernumber='A')/name?$select=…` taken apart. */
export interface Target {
  readonly set: string;
  readonly key?: readonly KeyPart[];
  /** Segments behind the set and its key. */
  readonly rest: readonly string[];
  readonly parameters: ReadonlyMap<string, string>;
  /** The query as sent, for links to the next page. */
  readonly query: string;
}

/** @param path relative to the service's root, with its query */
export function readTarget(path: string): Target {
  const mark = path.indexOf('?');
  const query = mark < 0 ? '' : path.slice(mark + 1);
  const [first = '', ...rest] = splitOutside(decodePath(mark < 0 ? path : path.slice(0, mark)), '/').filter(Boolean);
  const { name, key } = readSegment(first);
  return { set: name, ...(key && { key }), rest, parameters: query ? readParameters(query) : NONE, query };
}

const NONE: ReadonlyMap<string, string> = new Map();

/** `accounts(accountnumber='A1')` → name and key. */
export function readSegment(segment: string): { name: string; key?: KeyPart[] } {
  const open = segment.indexOf('(');
  if (open < 0) return { name: segment };
  if (!segment.endsWith(')')) throw new Refusal(400, '0x80060888', `Bad Request - Error in query syntax.`);
  const parts = splitOutside(segment.slice(open + 1, -1), ',').map((part) => part.trim());
  return { name: segment.slice(0, open), key: parts.filter(Boolean).map(readKeyPart) };
}

function readKeyPart(part: string): KeyPart {
  const equals = part.startsWith("'") ? -1 : part.indexOf('=');
  const value = equals < 0 ? part : part.slice(equals + 1).trim();
  const text = value.startsWith("'") ? quoted(value, 0).text : value;
  const name = equals < 0 ? {} : { name: part.slice(0, equals).trim() };
  return { ...name, text, literal: value };
}

/** @throws Refusal */
export function decodePath(path: string): string {
  if (!path.includes('%')) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    throw new Refusal(400, '0x80060888', 'The request URI is not valid.');
  }
}

/**
 * The path below `root` of a URL that may be absolute, rooted or relative; undefined where it lies elsewhere. One slash behind
 * the scheme is enough: a published client writes no second one.
 */
export function pathBelow(root: RegExp, url: string): string | undefined {
  const path = url.replace(/^https?:\/{1,2}[^/]+/i, '');
  if (!path.startsWith('/')) return path;
  const match = root.exec(path);
  return match ? path.slice(match[0].length) : undefined;
}
