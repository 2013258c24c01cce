import { Refusal } from './refusal.js';
import { splitOutside } from './split.js';

/** The query options of one collection, or of one `$expand`. */
export interface QueryOptions {
  select?: string[];
  filter?: string;
  orderBy: OrderItem[];
  expand: ExpandItem[];
  top?: number;
  skip?: number;
  count: boolean;
}

export interface OrderItem {
  path: string[];
  descending: boolean;
}

export interface ExpandItem {
  navigation: string;
  /** `nav/$ref`: only where the related row is, not what it holds. */
  reference: boolean;
  options: QueryOptions;
  /** Names of the options that were given. */
  given: readonly string[];
  /** They themselves, as the query of a URL. */
  query: string;
}

/** Query string → decoded parameters; a plus stands for a blank, as in a form. */
export function readParameters(query: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const pair of query.split('&')) {
    if (!pair) continue;
    const equals = pair.indexOf('=');
    const [name, value] = equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
    parameters.set(decode(name), decode(value));
  }
  return parameters;
}

/** No system expands further down than this. */
const MAX_DEPTH = 20;

export function readOptions(parameters: ReadonlyMap<string, string>, depth = 0): QueryOptions {
  const select = parameters.get('$select');
  const filter = parameters.get('$filter');
  const top = wholeNumber(parameters, '$top');
  const skip = wholeNumber(parameters, '$skip');
  return {
    ...(select === undefined || select.trim() === '*' ? {} : { select: [...new Set(names(select))] }),
    ...(filter === undefined ? {} : { filter }),
    orderBy: parseOrderBy(parameters.get('$orderby') ?? ''),
    expand: parseExpand(parameters.get('$expand') ?? '', depth),
    ...(top === undefined ? {} : { top }),
    ...(skip === undefined ? {} : { skip }),
    count: parameters.get('$count') === 'true',
  };
}

function parseOrderBy(text: string): OrderItem[] {
  return names(text).map((item) => {
    const [path = '', direction = 'asc'] = item.split(/\s+/);
    if (direction !== 'asc' && direction !== 'desc') throw invalid(`Syntax error in $orderby '${item}'.`);
    return { path: path.split('/'), descending: direction === 'desc' };
  });
}

function parseExpand(text: string, depth: number): ExpandItem[] {
  return names(text).map((item) => {
    const open = item.indexOf('(');
    if (open >= 0 && !item.endsWith(')')) throw invalid(`Syntax error in $expand '${item}'.`);
    const path = open < 0 ? item : item.slice(0, open);
    const reference = path.endsWith('/$ref');
    if (depth > MAX_DEPTH) throw invalid('The $expand is nested too deeply.');
    const nested = nestedParameters(open < 0 ? '' : item.slice(open + 1, -1));
    return {
      navigation: reference ? path.slice(0, -'/$ref'.length) : path,
      reference,
      options: readOptions(nested, depth + 1),
      given: [...nested.keys()],
      query: [...nested].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&'),
    };
  });
}

function nestedParameters(text: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const part of splitOutside(text, ';')) {
    const equals = part.indexOf('=');
    if (equals > 0) parameters.set(part.slice(0, equals).trim(), part.slice(equals + 1));
    else if (part.trim()) throw invalid(`Syntax error in $expand option '${part}'.`);
  }
  return parameters;
}

const names = (text: string): string[] =>
  splitOutside(text, ',')
    .map((name) => name.trim())
    .filter(Boolean);

function wholeNumber(parameters: ReadonlyMap<string, string>, name: string): number | undefined {
  const text = parameters.get(name);
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw invalid(`Invalid value '${text}' for ${name} query option found.`);
  return Number(text);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw invalid('The request URI is not valid.');
  }
}

const invalid = (message: string) => new Refusal(400, '0x80060888', message);
