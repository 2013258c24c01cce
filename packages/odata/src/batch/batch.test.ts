import { expect } from 'chai';
import type { ODataClientOptions } from '../client-options.js';
import { clientOf, failureOf, startService, type Service } from '../fixture/service.test.util.js';
import type { BatchOperation } from '../request.js';

const post = (name: string, more: Partial<BatchOperation> = {}): BatchOperation => ({
  method: 'POST',
  path: 'accounts',
  body: `{"name":"${name}"}`,
  ...more,
});

interface Part {
  readonly status: number;
  readonly body?: string;
  readonly contentId?: string;
  readonly headers?: string;
}

/** Answers of a service, the way services write them. */
class Reply {
  constructor(private readonly eol = '\r\n') {}

  http({ status, body = '', contentId, headers = '' }: Part): string {
    const { eol } = this;
    const id = contentId === undefined ? '' : `Content-ID: ${contentId}${eol}`;
    const type = body === '' ? '' : `Content-Type: application/json; odata.metadata=minimal${eol}`;
    return `Content-Type: application/http${eol}Content-Transfer-Encoding: binary${eol}${id}${eol}HTTP/1.1 ${status} Text${eol}${headers}${type}OData-Version: 4.0${eol}${eol}${body}${eol}`;
  }

  changeSet(parts: readonly Part[], boundary = 'changesetresponse_1'): string {
    const { eol } = this;
    const inner = this.join(
      boundary,
      parts.map((part) => this.http(part)),
    );
    return `Content-Type: multipart/mixed; boundary=${boundary}${eol}${eol}${inner}`;
  }

  join(boundary: string, parts: readonly string[]): string {
    const { eol } = this;
    return `${parts.map((part) => `--${boundary}${eol}${part}`).join('')}--${boundary}--${eol}`;
  }
}

describe('A batch', () => {
  let service: Service;
  beforeEach(async () => {
    service = await startService();
  });
  afterEach(() => service.stop());

  function answerWith(text: string, status = 200, type = 'multipart/mixed; boundary=batchresponse_1'): void {
    service.handle = (_request, response) => response.writeHead(status, { 'content-type': type }).end(text);
  }

  async function run(
    operations: readonly BatchOperation[],
    continueOnError = true,
    options: Partial<ODataClientOptions> = {},
  ) {
    const client = clientOf(service, { headers: { 'If-None-Match': 'null' }, ...options });
    try {
      return await client.batch(operations, { continueOnError });
    } finally {
      await client.close();
    }
  }

  it('is written as multipart/mixed, each operation a request of its own', async () => {
    const reply = new Reply();
    answerWith(reply.join('batchresponse_1', [reply.http({ status: 200, body: '{}' }), reply.http({ status: 204 })]));
    await run([
      { method: 'GET', path: 'accounts(1)' },
      {
        method: 'PATCH',
        path: '/data/accounts(2)',
        headers: { 'If-Match': '*', 'if-none-match': 'x' },
        body: '{"a":1}',
      },
    ]);
    const [request] = service.requests;
    const boundary = /boundary=(.*)/.exec(request?.headers['content-type'] ?? '')?.[1];
    expect(request).to.include({ method: 'POST', url: '/data/$batch' });
    expect(request?.headers).to.include({ prefer: 'odata.continue-on-error', accept: 'multipart/mixed' });
    const shared =
      'accept: application/json;odata.metadata=minimal;IEEE754Compatible=true\r\nodata-version: 4.0\r\nodata-maxversion: 4.0\r\n';
    expect(request?.body).to.equal(
      `--${boundary}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n` +
        `GET ${service.root}accounts(1) HTTP/1.1\r\n${shared}if-none-match: null\r\n\r\n\r\n` +
        `--${boundary}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n` +
        `PATCH ${service.root}accounts(2) HTTP/1.1\r\n${shared}If-Match: *\r\nif-none-match: x\r\n` +
        `Content-Type: application/json;IEEE754Compatible=true\r\n\r\n{"a":1}\r\n` +
        `--${boundary}--\r\n`,
    );
  });

  it('names its operations relative to the root where the service wants it so', async () => {
    const reply = new Reply();
    answerWith(reply.join('batchresponse_1', Array<string>(4).fill(reply.http({ status: 204 }))));
    const paths = [
      "accounts(name='A%20%26')?$select=name",
      '/data/accounts(2)',
      `${service.root}accounts(3)`,
      '/other',
    ];
    const reads = paths.map((path): BatchOperation => ({ method: 'GET', path }));
    await run(reads, true, { batchUrls: 'relative' });
    const lines = service.requests[0]?.body.match(/^GET .*(?= HTTP)/gm);
    expect(lines).to.deep.equal([
      "GET accounts(name='A%20%26')?$select=name",
      'GET accounts(2)',
      'GET accounts(3)',
      'GET /other',
    ]);
  });

  it('writes neighbours of one change set together, numbered, and leaves references alone', async () => {
    const reply = new Reply();
    const done = [
      { status: 204, contentId: '1' },
      { status: 204, contentId: 'two' },
    ];
    answerWith(reply.join('batchresponse_1', [reply.changeSet(done), reply.changeSet([{ status: 204 }])]));
    await run([
      post('a', { changeSet: 1 }),
      post('b', { changeSet: 1, contentId: 'two', path: '$1/contacts' }),
      post('c', { changeSet: 2 }),
    ]);
    const body = service.requests[0]?.body ?? '';
    expect(body.match(/Content-ID: .*/g)).to.deep.equal(['Content-ID: 1', 'Content-ID: two', 'Content-ID: 1']);
    expect(body).to.include('POST $1/contacts HTTP/1.1');
    const boundaries = [...body.matchAll(/multipart\/mixed; boundary=(\S+)/g)].map(([, boundary]) => boundary);
    expect(boundaries).to.have.length(2);
    for (const boundary of boundaries) expect(body).to.include(`--${boundary}--\r\n`);
  });

  for (const [name, eol] of [
    ['CRLF', '\r\n'],
    ['LF', '\n'],
  ] as const) {
    it(`gives every operation its answer, with lines ending in ${name}`, async () => {
      const reply = new Reply(eol);
      answerWith(
        reply.join('batchresponse_1', [
          reply.http({ status: 200, body: `{"name":"one",${eol} "amount":10.50}` }),
          reply.http({ status: 400, body: '{"error":{"code":"x","message":"No --batchresponse_ in here."}}' }),
          reply.http({ status: 204, headers: `OData-EntityId: ${service.root}accounts(3)${eol}` }),
        ]),
      );
      const [one, two, three] = await run([{ method: 'GET', path: 'accounts(1)' }, post('b'), post('c')]);
      expect(one?.json()).to.deep.equal({ name: 'one', amount: '10.50' });
      expect(one?.headers).to.deep.equal({
        'content-type': 'application/json; odata.metadata=minimal',
        'odata-version': '4.0',
      });
      expect(two?.status).to.equal(400);
      expect(two?.json()).to.have.nested.property('error.code', 'x');
      expect(three).to.include({ status: 204, text: '' });
      expect(three?.headers['odata-entityid']).to.equal(`${service.root}accounts(3)`);
    });
  }

  it('gives the answers of a change set to its operations by their number, in whatever order they come', async () => {
    const reply = new Reply();
    const parts = [
      { status: 201, body: '{"id":"b"}', contentId: '2' },
      { status: 201, body: '{"id":"a"}', contentId: '1' },
    ];
    answerWith(reply.join('batchresponse_1', [reply.changeSet(parts), reply.http({ status: 204 })]));
    const answers = await run([post('a', { changeSet: 's' }), post('b', { changeSet: 's' }), post('c')]);
    expect(answers.map(({ text }) => text)).to.deep.equal(['{"id":"a"}', '{"id":"b"}', '']);
  });

  for (const wrapped of [true, false]) {
    it(`gives the one answer of a failed change set, ${wrapped ? 'wrapped' : 'bare'}, to each of its operations`, async () => {
      const reply = new Reply();
      const failed = { status: 500, body: '{"error":{"message":"No."}}' };
      const part = wrapped ? reply.changeSet([failed]) : reply.http(failed);
      answerWith(reply.join('batchresponse_1', [part, reply.http({ status: 204 })]));
      const answers = await run([post('a', { changeSet: 1 }), post('b', { changeSet: 1 }), post('c')]);
      expect(answers.map(({ status }) => status)).to.deep.equal([500, 500, 204]);
    });
  }

  it('that stops at a failure gives the answers up to it', async () => {
    const reply = new Reply();
    const parts = [reply.http({ status: 204 }), reply.http({ status: 412, body: '{"error":{"message":"Changed."}}' })];
    answerWith(reply.join('batchresponse_1', parts), 400);
    const answers = await run([post('a'), post('b'), post('c')], false);
    expect(answers.map(({ status }) => status)).to.deep.equal([204, 412]);
  });

  it('that cannot be read counts as not answered, and says why', async () => {
    const reply = new Reply();
    const ok = reply.http({ status: 204 });
    const whole = reply.join('batchresponse_1', [ok, ok]);
    const cases: [string, string, string?][] = [
      [whole.slice(0, -22), 'its closing boundary is missing'],
      [whole.slice(0, 150), 'its closing boundary is missing'],
      [reply.join('batchresponse_1', [ok]), 'it has 1 parts for 2 requests'],
      [reply.join('batchresponse_1', [ok, ok, ok]), 'it has 3 parts for 2 requests'],
      [
        reply.join('batchresponse_1', [ok, reply.changeSet([{ status: 204 }, { status: 204 }])]),
        'of 1 operations has 2 answers',
      ],
      [
        reply.join('batchresponse_1', [ok, 'Content-Type: application/http\r\n\r\nGARBAGE\r\n']),
        'no HTTP status: GARBAGE',
      ],
      ['{"responses":[]}', 'it is application/json', 'application/json'],
      [whole, 'not multipart/mixed with a boundary', 'multipart/mixed'],
    ];
    for (const [text, reason, type] of cases) {
      answerWith(text, 200, type);
      const failure = await failureOf(run([post('a'), post('b')]));
      expect(failure, reason).to.include({ code: 'ODATA_BATCH_TORN', recovery: 'retry' });
      expect(failure.message).to.include(reason);
    }
  });

  it('refused as a whole is a refusal', async () => {
    answerWith('{"error":{"code":"","message":"Too many operations."}}', 400, 'application/json');
    expect((await failureOf(run([post('a')]))).message).to.include('Too many operations.');
  });

  it('of nothing sends nothing', async () => {
    expect(await run([])).to.deep.equal([]);
    expect(service.requests).to.have.length(0);
  });
});
