import { expect } from 'chai';
import { clientOf, failureOf, sendJson, startService, type Service } from './fixture/service.test.util.js';

describe('Rows page by page', () => {
  let service: Service;
  beforeEach(async () => {
    service = await startService();
  });
  afterEach(() => service.stop());

  it('come to the end, with every page asked for in the same size', async () => {
    service.handle = ({ url }, response) => {
      const page = Number(/skiptoken=(\d)/.exec(url)?.[1] ?? 1);
      const next =
        page < 3
          ? { '@odata.nextLink': `${service.root}accounts?$skiptoken=${page + 1}` }
          : { '@odata.deltaLink': 'delta' };
      sendJson(response, { '@odata.context': 'c', '@odata.count': '6', value: [{ id: page }, { id: page }], ...next });
    };
    const client = clientOf(service);
    const ids: unknown[] = [];
    let last;
    for await (const page of client.pages('accounts', { maxPageSize: 2, prefer: ['odata.track-changes'] })) {
      ids.push(...page.value.map(({ id }) => id));
      last = page;
    }
    await client.close();
    expect(ids).to.deep.equal([1, 1, 2, 2, 3, 3]);
    expect(last).to.include({ deltaLink: 'delta', context: 'c', count: 6, nextLink: undefined });
    expect(service.requests.map(({ headers }) => headers['prefer'])).to.deep.equal(
      Array(3).fill('odata.track-changes, odata.maxpagesize=2'),
    );
  });

  it('follow the link as it is, but to the host that this side knows', async () => {
    const cookie = '$skiptoken=%3Ccookie%20pagenumber=%222%22%20pagingcookie=%22%253ccookie%22%20/%3E';
    service.handle = ({ url }, response) => {
      const next = url.includes('skiptoken')
        ? {}
        : { '@odata.nextLink': `https://inner-host:8443/data/accounts?${cookie}` };
      sendJson(response, { value: [], ...next });
    };
    const client = clientOf(service);
    let pages = 0;
    for await (const _page of client.pages('accounts')) pages++;
    await client.close();
    expect(pages).to.equal(2);
    expect(service.requests[1]?.url).to.equal(`/data/accounts?${cookie}`);
    expect(service.requests[1]?.headers.host).to.equal(new URL(service.origin).host);
  });

  it('are asked for one page ahead of the consumer, and no more', async () => {
    service.handle = ({ url }, response) => sendJson(response, { value: [], '@odata.nextLink': `${url}1` });
    const client = clientOf(service);
    const pages = client.pages('accounts');
    await pages.next();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(service.requests).to.have.length(2);
    await pages.return();
    await client.close();
  });

  it('stop coming when the consumer stops: the page under way is cancelled', async () => {
    let cancelled = false;
    service.handle = ({ url }, response) => {
      if (!url.includes('next')) return sendJson(response, { value: [], '@odata.nextLink': 'accounts?next' });
      response.on('close', () => (cancelled = true));
    };
    const client = clientOf(service);
    for await (const _page of client.pages('accounts')) {
      while (service.requests.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
      break;
    }
    await client.close();
    while (!cancelled) await new Promise((resolve) => setTimeout(resolve, 5));
  });

  it('deliver the pages before a failure, then the failure', async () => {
    service.handle = ({ url }, response) => {
      if (url.includes('next')) sendJson(response, { error: { message: 'Expired.' } }, 410);
      else sendJson(response, { value: [{ id: 1 }], '@odata.nextLink': 'accounts?next' });
    };
    const client = clientOf(service);
    const pages = client.pages('accounts');
    expect((await pages.next()).value).to.have.deep.property('value', [{ id: 1 }]);
    expect((await failureOf(pages.next())).message).to.include('Expired.');
    await client.close();
  });

  it('are none only where the last page is empty too', async () => {
    service.handle = ({ url }, response) => {
      const isFirst = !url.includes('skiptoken');
      const rows = url.includes('accounts') && !isFirst ? [{ id: 1 }] : [];
      const next = isFirst ? { '@odata.nextLink': `${service.root}${url.split('/').at(-1)}&$skiptoken=2` } : {};
      sendJson(response, { value: rows, ...next });
    };
    const client = clientOf(service);
    expect(await client.isEmpty('accounts?$top=1')).to.equal(false);
    expect(await client.isEmpty('contacts?$top=1')).to.equal(true);
    await client.close();
  });
});
