import { expect } from 'chai';
import { startChildSandbox, type ChildSandbox } from '../child-sandbox.test.support.js';
import {
  batchBody,
  CHAINS,
  chainOf,
  clientOf,
  operation,
  statuses,
  type Answer,
  type SandboxClient,
} from '../client.test.support.js';
import { contract, infolog, mustCreate, withCompanies } from './world.test.support.js';

/** Longer than this and an answer isn't prompt, however slow the machine. */
const PROMPT_MS = 5000;
const MEGABYTE = 1024 * 1024;
/** Of the heap, above which the process would die. */
const HEAP_MEGABYTES = 128;
/** What the process may ever hold, Buffers and all that is collected again included. */
const PEAK_BYTES = 320 * MEGABYTE;

describe('bad input to F&O', () => {
  let child: ChildSandbox;
  let client: SandboxClient;
  let started = 0;
  const get = (path: string): Promise<Answer> => client.finops('GET', path);
  const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
    client.finops('POST', path, { body, headers });
  const filtered = (filter: string): Promise<Answer> => get(`Currencies?$filter=${encodeURIComponent(filter)}`);
  /** Refused in F&O's own words. */
  const refused = (answer: Answer, status: number, words: string | RegExp): void => {
    expect(answer.status, answer.text).to.equal(status);
    expect(infolog(answer)).to.match(new RegExp(words));
  };

  before(async () => {
    child = await startChildSandbox(HEAP_MEGABYTES);
    client = await withCompanies(await clientOf(child));
    await mustCreate(client, 'ProjCDSProjectContracts', contract());
  });
  after(() => client.sandbox.stop());

  beforeEach(() => {
    started = Date.now();
  });

  afterEach(async () => {
    expect(Date.now() - started).to.be.below(PROMPT_MS);
    expect((await get('Currencies/$count')).text, 'it still answers').to.equal('2');
  });

  const filters: readonly [what: string, filter: string, words: string][] = [
    ['cut off', "CurrencyCode eq 'U", 'unterminated'],
    ['with nothing to compare', 'CurrencyCode eq', 'Syntax error'],
    ['about an unknown field', "Nope eq 'x'", "named 'Nope'"],
    ['of no truth value', 'CurrencyCode', 'single boolean value'],
    ['of a function that is not known', "contains(CurrencyCode,'U')", 'unknown function'],
    ['of an operator that is not known', "CurrencyCode in ('USD')", "'in' is not supported"],
    ['of types that do not compare', 'CurrencyCode gt 1', 'incompatible types'],
    ['nested a thousand deep', `${'('.repeat(1000)}CurrencyCode eq 'USD'${')'.repeat(1000)}`, 'nested too deeply'],
    ['of a thousand negations', `${'not '.repeat(1000)}(CurrencyCode eq 'USD')`, 'nested too deeply'],
    ['that a backtracking matcher would not survive', `CurrencyCode eq '${'*a'.repeat(500)}'`, ''],
  ];
  for (const [what, filter, words] of filters) {
    it(`a filter ${what}`, async () => {
      const answer = await filtered(filter);
      if (words) refused(answer, 400, words);
      else expect(answer.json.value).to.deep.equal([]);
    });
  }

  describe('chains as long as an address may be', () => {
    const codesIn = ({ text }: Answer): string[] =>
      [...text.matchAll(/"CurrencyCode":"(\w+)"/g)].map(([, code = '']) => code);
    const found = async (filter: string): Promise<string[]> => {
      const path = `Currencies?$select=CurrencyCode&$filter=${filter}`;
      const answer =
        path.length < 32_600 ? get(path) : client.finops('POST', '$batch', batchBody([operation('GET', path)]));
      return codesIn(await answer);
    };

    for (const [chain, terms] of CHAINS) {
      it(`${chain}: in a GET and in a batch find what they should`, async () => {
        for (const characters of [32_500, 65_000]) {
          expect(await found(chainOf(terms, "CurrencyCode+eq+'EUR'", characters))).to.deep.equal(['EUR']);
        }
      });
    }

    it('of calculations, from left to right', async () => {
      for (const times of [1700, 20_000]) {
        const seven = `7${'+div+2+mul+2+add+1'.repeat(times)}`;
        expect(await found(`${seven}+eq+7+and+CurrencyCode+eq+'EUR'`)).to.deep.equal(['EUR']);
      }
    });
  });

  it('a URL of 33,000 characters; inside of a batch it may be as long', async () => {
    const long = `Currencies?$select=CurrencyCode&x=${'y'.repeat(33_000)}`;
    refused(await get(long), 414, 'longer than');
    expect(statuses(await client.finops('POST', '$batch', batchBody([operation('GET', long)])))).to.deep.equal([200]);
  });

  it('an address that is not encoded as it should be, and keys that are none', async () => {
    expect((await get('Currencies(%E0%A4%A)')).status).to.equal(400);
    refused(await get("Currencies('USD'"), 400, 'syntax');
    refused(await get('CustomersV3()'), 400, 'number of keys');
    expect((await get("Currencies('%00/..')")).status).to.equal(404);
  });

  it('addresses in a batch, beside /data, that are not encoded as they should be: the other parts are answered', async () => {
    const paths = ['/metadata/%zz', '/dmf/%zz', '/api/connector/dequeue/%zz'];
    const batch = batchBody([...paths, 'Currencies'].map((path) => operation('GET', path)));
    expect(statuses(await client.finops('POST', '$batch', batch))).to.deep.equal([400, 400, 400, 200]);
  });

  const bodies: readonly [what: string, body: unknown][] = [
    ['cut off', '{"CurrencyCode":'],
    ['that is a list', '[]'],
    ['nested a thousand deep', `${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`],
    ['nested a hundred thousand deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['with a value that is an object', { CurrencyCode: { a: 1 } }],
    ['with a property of ten megabytes', { CurrencyCode: 'x'.repeat(10_000_000) }],
    ['with a name of ten megabytes', { ['x'.repeat(10_000_000)]: 1 }],
  ];
  for (const [what, body] of bodies) {
    it(`a body ${what}`, async () => expect((await post('Currencies', body)).status).to.equal(400));
  }

  const sendBatch = (body: string): Promise<Answer> =>
    post('$batch', body, { 'content-type': 'multipart/mixed; boundary=batch' });

  const batches: readonly [what: string, body: string, words: string][] = [
    ['without any part', '', "boundary 'batch'"],
    [
      'with another boundary',
      '--other\r\nContent-Type: application/http\r\n\r\nGET Currencies HTTP/1.1\r\n',
      "boundary 'batch'",
    ],
    ['of a part without a type', '--batch\r\n\r\nGET Currencies HTTP/1.1\r\n\r\n--batch--', 'needs the content type'],
    [
      'of a request line that is none',
      '--batch\r\nContent-Type: application/http\r\n\r\nx\r\n--batch--',
      'request line',
    ],
    [
      'of a batch',
      '--batch\r\nContent-Type: application/http\r\n\r\nPOST $batch HTTP/1.1\r\n\r\n--batch--',
      'must not hold another batch',
    ],
  ];
  for (const [what, body, words] of batches) {
    it(`a batch ${what}`, async () => refused(await sendBatch(body), 400, words));
  }

  describe('a batch that is cut off', () => {
    const whole = String(
      batchBody(['CHF', 'NOK'].map((CurrencyCode) => operation('POST', 'Currencies', { CurrencyCode }))).body,
    );
    const second = whole.indexOf('--batch', 1);
    const codes = async (): Promise<string[]> =>
      (await get('Currencies')).json.value.map(({ CurrencyCode }: { CurrencyCode: string }) => CurrencyCode);

    for (const [where, end, parts, words] of [
      ['before its second part', second, [201], '"CurrencyCode":"CHF"'],
      ['in its second request line', whole.indexOf('POST', second) + 8, [201, 404], 'No HTTP resource was found'],
      ['in its second body', whole.indexOf('NOK'), [201, 400], 'not valid JSON'],
    ] as const) {
      it(`${where} does what came whole, and answers each part`, async () => {
        const answer = await sendBatch(whole.slice(0, end));
        expect([answer.status, statuses(answer)]).to.deep.equal([200, parts]);
        expect(answer.text).to.contain(words);
        expect(await codes()).to.deep.equal(['USD', 'EUR', 'CHF']);
        await client.finops('DELETE', "Currencies('CHF')");
      });
    }

    it('in a header of its second part cannot be read, and does nothing', async () => {
      const end = whole.indexOf('Content-Type: application/json', second) + 'Content-Ty'.length;
      refused(await sendBatch(whole.slice(0, end)), 400, "header 'Content-Ty' is invalid");
      expect(await codes()).to.deep.equal(['USD', 'EUR']);
    });
  });

  describe('all of this', () => {
    it(`takes no more than ${PEAK_BYTES / MEGABYTE} MB, the largest again and again included`, async () => {
      const large = bodies.filter(([, body]) => JSON.stringify(body).length > 100_000);
      const parts = '--batch\r\nContent-Type: application/http\r\n\r\nGET Currencies HTTP/1.1\r\n\r\n'.repeat(150_000);
      for (let i = 0; i < 8; i++) {
        for (const [, body] of large) expect((await post('Currencies', body)).status).to.equal(400);
        refused(await sendBatch(parts), 400, 'maximum of 5000');
      }
      expect(await child.peakMemory()).to.be.below(PEAK_BYTES);
    });
  });
});
