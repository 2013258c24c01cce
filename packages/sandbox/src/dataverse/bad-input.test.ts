import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { startChildSandbox, type ChildSandbox } from '../child-sandbox.test.support.js';
import { CHAINS, chainOf, clientOf, operation } from '../client.test.support.js';
import { Environment, idIn, NOBODY, refusal } from './facts/support.test.support.js';

/** Longer than this and an answer isn't prompt, however slow the machine. */
const PROMPT_MS = 5000;
const MEGABYTE = 1024 * 1024;
/** Of the heap, above which the process would die. */
const HEAP_MEGABYTES = 128;
/** What the process may ever hold, Buffers and all that is collected again included. */
const PEAK_BYTES = 320 * MEGABYTE;

describe('bad input to Dataverse', () => {
  let child: ChildSandbox;
  const environment = new Environment({}, async () => clientOf((child = await startChildSandbox(HEAP_MEGABYTES))));
  const { send, get } = environment;
  let started = 0;

  beforeEach(() => {
    started = Date.now();
  });

  afterEach(async () => {
    expect(Date.now() - started).to.be.below(PROMPT_MS);
    expect((await get('WhoAmI')).status, 'it still answers').to.equal(200);
  });

  const sendBatch = (body: string, type = 'multipart/mixed; boundary=b') =>
    send('POST', '$batch', body, { 'content-type': type });
  const part = (...lines: string[]) => ['--b', 'Content-Type: application/http', '', ...lines].join('\r\n');

  const batches: [what: string, body: string, message: string][] = [
    ['an empty body', '', "does not hold the boundary 'b'"],
    ['a wrong boundary', '--c\r\nContent-Type: application/http\r\n\r\nGET accounts HTTP/1.1\r\n', "boundary 'b'"],
    ['a boundary that only begins like it', '--bb\r\n\r\n--bb--\r\n', "boundary 'b'"],
    [
      'a part without a type',
      '--b\r\n\r\nGET accounts HTTP/1.1\r\n\r\n--b--',
      "needs the content type 'application/http'",
    ],
    ['a part of another type', '--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--', "has 'text/plain'"],
    ['a header that is none', '--b\r\nnonsense\r\n\r\nx\r\n--b--', "The message header 'nonsense' is invalid."],
    ['no empty line behind a GET', part('GET accounts HTTP/1.1', '--b--'), "The message header '--b' is invalid."],
    ['a request line that is none', part('nonsense', '', '', '--b--'), "The request line 'nonsense' is invalid."],
    ['no request at all', part('', '--b--'), "The request line '' is invalid."],
    [
      'a change set without its boundary',
      '--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\nx\r\n--b--',
      "boundary 'c'",
    ],
    [
      'a change set in a change set',
      '--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\nContent-Type: multipart/mixed; boundary=d\r\n\r\n' +
        '--d--\r\n--c--\r\n--b--',
      "needs the content type 'application/http'",
    ],
  ];
  for (const [what, body, message] of batches) {
    it(`a batch with ${what}`, async () => {
      const answer = await sendBatch(body);
      expect(answer.status, answer.text).to.equal(400);
      expect(answer.json.error.message).to.contain(message);
    });
  }

  it('a batch of another content type, or without a boundary', async () => {
    for (const type of ['application/json', 'multipart/mixed', 'multipart/mixed; boundary=']) {
      expect((await sendBatch(part('GET accounts HTTP/1.1', '', ''), type)).status).to.equal(400);
    }
  });

  const manyParts = () => sendBatch(`${part('GET accounts HTTP/1.1', '', '', '')}`.repeat(200_000));
  it('a batch of 200,000 parts', async () => {
    const answer = await manyParts();
    expect(answer.status).to.equal(400);
    expect(answer.json.error.message).to.contain('1000');
  });

  const filters = [
    "name eq '",
    'name eq',
    'eq',
    'name eq 1 2',
    "name = 'a'",
    'name eq name eq name',
    '(((',
    'not',
    "contains(name,'a'",
    "nonsense(name,'a')",
    'name in (',
    'Microsoft.Dynamics.CRM.In()',
    "Microsoft.Dynamics.CRM.In(PropertyName='name',PropertyValues=[)",
    "Microsoft.Dynamics.CRM.LastXDays(PropertyName='createdon',PropertyValue='many')",
    'account_account_parentaccountid/any(',
    'account_account_parentaccountid/any(a:b/name eq 1)',
    'createdon eq 2024-13-45',
    '%00',
    '💥',
  ];
  for (const filter of filters) {
    it(`the filter ${filter}`, async () => {
      const answer = await get(`accounts?$filter=${encodeURIComponent(filter)}`);
      expect(refusal(answer).slice(0, 2)).to.deep.equal([400, '0x80060888']);
    });
  }

  for (const text of ['%', '%E0%A4%A', 'accounts(', "accounts('", 'accounts()', 'accounts(a=)', 'accounts(,)', '(1)']) {
    it(`the path ${text}`, async () => {
      expect((await get(text)).status).to.be.within(400, 404);
    });
  }

  it('a URL of 33,000 characters', async () => {
    expect((await get(`accounts?$select=${'n'.repeat(33_000)}`)).status).to.equal(414);
  });

  const longProperty = () => send('POST', 'accounts', { name: 'n', description: 'x'.repeat(10_000_000) });
  it('a property of 10 MB', async () => {
    const answer = await longProperty();
    expect(refusal(answer).slice(0, 2)).to.deep.equal([400, '0x80044331']);
    expect(answer.text.length).to.be.below(1000);
  });

  it('nesting a thousand deep: filters', async () => {
    const deep = [
      `${'('.repeat(1000)}name eq 'a'${')'.repeat(1000)}`,
      `${'not '.repeat(1000)}name eq 'a'`,
      `${'contains('.repeat(1000)}name,'a'${')'.repeat(1000)}`,
    ];
    for (const filter of deep) expect((await get(`accounts?$filter=${filter}`)).status).to.equal(400);
  });

  describe('chains as long as an address may be', () => {
    let id = '';
    before(async () => {
      id = idIn(await environment.create('accounts', { name: 'Chain' }));
    });

    for (const [chain, terms] of CHAINS) {
      it(`${chain}: in a GET and in a batch find what they should`, async () => {
        const path = (characters: number) =>
          `accounts?$select=name&$filter=${chainOf(terms, "name+eq+'Chain'", characters)}`;
        const inBatch = await environment.batch([operation('GET', path(65_000))]);
        for (const { text } of [await get(path(32_500)), inBatch]) {
          expect(text.match(/"name":"[^"]*"/g), text.slice(0, 500)).to.deep.equal(['"name":"Chain"']);
        }
      });
    }

    it('of equalities that an index answers', async () => {
      const path = `accounts?$filter=${`accountid+eq+${NOBODY}+or+`.repeat(1200)}accountid+eq+${id}`;
      expect((await environment.batch([operation('GET', path)])).text).to.contain('"name":"Chain"');
    });

    it('of calculations: refused, there are none in Dataverse', async () => {
      expect((await get(`accounts?$filter=1${'+add+1'.repeat(5000)}+eq+1`)).status).to.equal(400);
    });
  });

  const deepBody = () => send('POST', 'accounts', `${'{"parentaccountid":'.repeat(100_000)}{}${'}'.repeat(100_000)}`);
  it('nesting a thousand deep: expands, paths, bodies', async () => {
    const expand = `${'parentaccountid($expand='.repeat(1000)}parentaccountid${')'.repeat(1000)}`;
    expect((await get(`accounts?$expand=${expand}`)).status).to.equal(400);
    expect((await get(`accounts?$filter=${'parentaccountid/'.repeat(1000)}name eq 'a'`)).status).to.equal(200);
    for (const [open, close] of [
      ['{"parentaccountid":', '}'],
      ['[', ']'],
    ] as const) {
      const answer = await send('POST', 'accounts', `${open.repeat(1000)}{}${close.repeat(1000)}`);
      expect(answer.status).to.equal(400);
    }
    expect((await deepBody()).status).to.equal(400);
  });

  it('a pattern that would keep a backtracking reader busy for years', async () => {
    await send('POST', 'accounts', { name: 'a'.repeat(160) });
    const pattern = `${'%25a'.repeat(40)}b`;
    expect((await get(`accounts?$filter=contains(name,'${pattern}')`)).json.value).to.deep.equal([]);
  });

  for (const body of [
    '',
    '[]',
    '"text"',
    '{"name":',
    '{"name":1}',
    '{"name":{}}',
    '{"name":["a"]}',
    '{"__proto__":{"a":1}}',
  ]) {
    it(`the body ${body || '(none)'}`, async () => {
      expect((await send('POST', 'accounts', body)).status).to.equal(400);
    });
  }

  for (const reference of [
    7,
    '',
    'nonsense',
    'accounts',
    'accounts(',
    'accounts(1)',
    '/contacts(1)',
    '$1',
    'http://[',
  ]) {
    it(`the reference ${JSON.stringify(reference)}`, async () => {
      const answer = await send('POST', 'accounts', { name: 'n', 'parentaccountid@odata.bind': reference });
      expect(answer.status).to.be.within(400, 404);
    });
  }

  it('links to pages and changes that nobody gave out', async () => {
    for (const token of ['x', '%3Ccookie%20/%3E', '-1', '99999999999999999999']) {
      expect((await get(`accounts?$skiptoken=${token}`)).status).to.equal(400);
      expect((await get(`accounts?$deltatoken=${token}`)).status).to.equal(400);
    }
  });

  for (const system of ['psa', 'finops'] as const) {
    it(`a body above the limit (${system}): refused in the system's words, before it was sent`, async () => {
      const { url } = environment.open.sandbox[system];
      const asked = request(`${url}/data/Currencies`, { method: 'POST', headers: { 'content-length': 200_000_000 } });
      asked.on('error', () => undefined).flushHeaders();
      const [answer] = (await once(asked, 'response')) as [IncomingMessage];
      const body = await text(answer);
      asked.destroy();
      expect(answer.statusCode).to.equal(413);
      expect(JSON.parse(body)).to.have.property('error');
      expect(body).to.contain('Maximum request length exceeded.');
    });
  }

  it(`all of this, and the largest again and again, in ${PEAK_BYTES / MEGABYTE} MB`, async () => {
    for (let i = 0; i < 8; i++) for (const send of [manyParts, longProperty, deepBody]) await send();
    expect(await child.peakMemory()).to.be.below(PEAK_BYTES);
  });
});
