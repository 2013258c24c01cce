import { EventBus, systemClock, type Connector, type Page, type ReadQuery, type SourceRow } from '@isthmus/core';
import type { Fault, LoggedRequest, RunningSandbox } from '@isthmus/sandbox';
import { finopsConnector, FinopsOptions } from './index.js';

/** A connection to the sandbox's Finance & Operations. */
export function connectTo(
  { finops, token, clientId, clientSecret }: RunningSandbox,
  more: Partial<FinopsOptions> = {},
): Connector {
  const given = { url: finops.url, tokenUrl: token.url, clientId, clientSecret, ...more };
  const options = Object.assign(new FinopsOptions(), given);
  return finopsConnector.create({ name: 'fno', options }, { events: new EventBus(), clock: systemClock });
}

/** What goes wrong next. */
export async function plan({ finops }: RunningSandbox, ...faults: Omit<Fault, 'system'>[]): Promise<void> {
  const body = JSON.stringify(faults.map((fault) => ({ system: 'finops', ...fault })));
  const headers = { 'content-type': 'application/json' };
  await fetch(`${finops.url}/sandbox/faults`, { method: 'POST', headers, body });
}

/** What was asked since the log was emptied; empties it. */
export async function requestsOf({ finops }: RunningSandbox): Promise<LoggedRequest[]> {
  const answer = await fetch(`${finops.url}/sandbox/log`);
  await fetch(`${finops.url}/sandbox/log`, { method: 'DELETE' });
  return (await answer.json()) as LoggedRequest[];
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
