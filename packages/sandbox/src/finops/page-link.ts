import { pathBelow } from '../odata/index.js';
import type { Call } from './call.js';
import { ROOT } from './call.js';
import { badRequest } from './refusals.js';

/** How much of a query is behind its client: rows to leave out, and rows still wanted. */
export interface Rest {
  readonly skip: number;
  readonly top: number;
}

const PAGING = /^(?:\$|%24)(?:skip|top|skiptoken)=/i;

/** Address of the next page: in it the query goes on as it was sent. */
export function nextLink(call: Call, rest: Rest): string {
  const { linkOrigin, pageLinks } = call.switches;
  const others = call.target.query.split('&').filter((pair) => pair && !PAGING.test(pair));
  const root = linkOrigin === undefined ? call.root : `${linkOrigin}/data/`;
  const paging = pageLinks === 'token' ? [`$skiptoken=${tokenOf(rest)}`] : plain(rest);
  return `${root}${pathOf(call)}?${[...others, ...paging].join('&')}`;
}

const plain = ({ skip, top }: Rest): string[] => [`$skip=${skip}`, ...(Number.isFinite(top) ? [`$top=${top}`] : [])];

const tokenOf = ({ skip, top }: Rest): string => Buffer.from(`${skip},${top}`).toString('base64url');

/** What a token of {@link nextLink} stands for. @throws Refusal */
export function readToken(token: string): Rest {
  const [, skip, top] = /^(\d+),(\d+|Infinity)$/.exec(Buffer.from(token, 'base64url').toString()) ?? [];
  if (skip === undefined) throw badRequest(`The skip token '${token}' is not valid.`);
  return { skip: Number(skip), top: Number(top) };
}

/** Below the root of the service, as it was asked for. */
export const pathOf = ({ request, target }: Call): string =>
  (pathBelow(ROOT, request.url) ?? target.set).split('?')[0] ?? '';
