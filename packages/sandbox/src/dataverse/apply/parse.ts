import { splitOutside } from '../../odata/index.js';
import { badQuery } from '../refusals.js';

export type Method = 'sum' | 'min' | 'max' | 'average' | 'countdistinct';

/** `revenue with sum as total`; without a column it is `$count as count`. */
export interface Aggregate {
  readonly column: string | undefined;
  readonly method: Method | 'count';
  readonly alias: string;
}

/** `$apply=filter(…)/groupby((a,b),aggregate(…))`, each part at most once. */
export interface Transformation {
  readonly filter?: string;
  readonly groupBy: readonly string[];
  readonly aggregates: readonly Aggregate[];
}

const METHODS: ReadonlySet<string> = new Set(['sum', 'min', 'max', 'average', 'countdistinct']);
const isMethod = (name: string): name is Method => METHODS.has(name);

export function parseApply(text: string): Transformation {
  const steps = splitOutside(text, '/').map(step);
  const filters = steps.filter(({ name }) => name === 'filter');
  const [last, ...more] = steps.filter(({ name }) => name !== 'filter');
  if (!last || more.length > 0 || steps.at(-1) !== last) throw badQuery(`The $apply '${text}' is not supported.`);
  const filter = filters.map(({ content }) => `(${content})`).join(' and ');
  const shape = last.name === 'groupby' ? groupBy(last.content) : { groupBy: [], aggregates: aggregates(last.content) };
  return { ...(filter && { filter }), ...shape };
}

function step(text: string): { name: string; content: string } {
  const [, name, content] = /^\s*(filter|groupby|aggregate)\s*\(([^]*)\)\s*$/.exec(text) ?? [];
  if (name === undefined || content === undefined) throw badQuery(`Syntax error in $apply '${text}'.`);
  return { name, content };
}

function groupBy(content: string): Pick<Transformation, 'groupBy' | 'aggregates'> {
  const [names = '', inner, ...more] = splitOutside(content, ',').map((part) => part.trim());
  const [, columns] = /^\(([^()]+)\)$/.exec(names) ?? [];
  if (columns === undefined || more.length > 0) throw badQuery(`Syntax error in groupby '${content}'.`);
  const aggregated = inner === undefined ? undefined : step(inner);
  if (aggregated && aggregated.name !== 'aggregate') throw badQuery(`Syntax error in groupby '${content}'.`);
  return {
    groupBy: columns.split(',').map((name) => name.trim()),
    aggregates: aggregated ? aggregates(aggregated.content) : [],
  };
}

const aggregates = (content: string): Aggregate[] => splitOutside(content, ',').map((part) => aggregate(part.trim()));

function aggregate(text: string): Aggregate {
  const count = /^\$count\s+as\s+(\w+)$/.exec(text);
  if (count) return { column: undefined, method: 'count', alias: count[1] ?? '' };
  const [, column, method = '', alias] = /^([\w/]+)\s+with\s+(\w+)\s+as\s+(\w+)$/.exec(text) ?? [];
  if (column === undefined || alias === undefined || !isMethod(method)) {
    throw badQuery(`Syntax error in aggregate '${text}'.`);
  }
  return { column, method, alias };
}
