import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import {
  EventBus,
  systemClock,
  type Connector,
  type DestinationRow,
  type Page,
  type ReadQuery,
  type SourceRow,
  type WriteOperation,
} from '@isthmus/core';
import type { Fault, LoggedRequest, RunningSandbox } from '@isthmus/sandbox';
import { dataverseConnector, DataverseOptions } from './index.js';

/** A connection to the sandbox's Dataverse. */
export function connectTo(
  { psa, token, clientId, clientSecret }: RunningSandbox,
  more: Partial<DataverseOptions> = {},
): Connector {
  const given = { url: psa.url, tokenUrl: token.url, clientId, clientSecret, ...more };
  const options = Object.assign(new DataverseOptions(), given);
  return dataverseConnector.create({ name: 'psa', options }, { events: new EventBus(), clock: systemClock });
}

/** What goes wrong next. */
export async function plan({ psa }: RunningSandbox, ...faults: Omit<Fault, 'system'>[]): Promise<void> {
  const body = JSON.stringify(faults.map((fault) => ({ system: 'psa', ...fault })));
  const headers = { 'content-type': 'application/json' };
  await fetch(`${psa.url}/sandbox/faults`, { method: 'POST', headers, body });
}

/** What was asked since the log was emptied; empties it. */
export async function requestsOf({ psa }: RunningSandbox): Promise<LoggedRequest[]> {
  const answer = await fetch(`${psa.url}/sandbox/log`);
  await fetch(`${psa.url}/sandbox/log`, { method: 'DELETE' });
  return (await answer.json()) as LoggedRequest[];
}

/** Headers of the requests that reach the sandbox while `work` goes on, as its HTTP server has read them. */
export async function headersDuring(
  { psa }: RunningSandbox,
  work: () => Promise<unknown>,
): Promise<IncomingHttpHeaders[]> {
  const { host } = new URL(psa.url);
  const found: IncomingHttpHeaders[] = [];
  const look = (message: unknown): void => {
    const { headers } = (message as { request: IncomingMessage }).request;
    if (headers.host === host) found.push(headers);
  };
  subscribe('http.server.request.start', look);
  try {
    await work();
  } finally {
    unsubscribe('http.server.request.start', look);
  }
  return found;
}

export async function pagesOf(
  connector: Connector,
  query: Omit<ReadQuery, 'filter'> & Partial<ReadQuery>,
): Promise<Page[]> {
  const pages: Page[] = [];
  for await (const page of connector.read({ filter: [], ...query })) pages.push(page);
  return pages;
}

export async function rowsOf(...args: Parameters<typeof pagesOf>): Promise<SourceRow[]> {
  return (await pagesOf(...args)).flatMap(({ rows }) => rows);
}

export const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );

/** No token that was given so far is good any longer. */
export async function expireTokens({ psa }: RunningSandbox): Promise<void> {
  await fetch(`${psa.url}/sandbox/expire-delta-tokens`, { method: 'POST' });
}

/** A new account. */
export const account = (number: string, fields: DestinationRow = {}): WriteOperation => ({
  kind: 'create',
  key: { accountnumber: number },
  fields: { accountnumber: number, name: `Account ${number}`, ...fields },
});

/** New values of an account. */
export const change = (number: string, fields: DestinationRow): WriteOperation => ({
  ...account(number),
  kind: 'update',
  fields,
});
