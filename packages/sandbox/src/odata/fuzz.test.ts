import { expect } from 'chai';
import { bindSchemas } from '../store/schema.js';
import { finopsEnums, finopsModel, psaModel } from '../model/index.js';
import { Store, type Value } from '../store/index.js';
import { dialectFor } from '../dataverse/dialect.js';
import { withDefaults } from '../dataverse/switches.js';
import { finopsDialect } from '../finops/dialect.js';
import { withFinopsDefaults } from '../finops/switches.js';
import { answerBatch, compileFilter, parseExpression, Refusal } from './index.js';

/** Each is fuzzed for so long; `FUZZ_MS` and `FUZZ_SEED` choose otherwise. */
const BUDGET_MS = Number(process.env.FUZZ_MS ?? 1500);
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000);
/** No single input may take longer. */
const SLOW_MS = 2000;

/** The same numbers again for the same seed. */
function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

type Roll = ReturnType<typeof numbers>;

const words = (roll: Roll, vocabulary: readonly string[], longest: number): string =>
  Array.from({ length: roll(longest) }, () => vocabulary[roll(vocabulary.length)]).join('');

/** Cuts out, doubles or overwrites pieces of a text that was sound. */
function damaged(text: string, roll: Roll): string {
  let result = text;
  for (let times = 1 + roll(4); times > 0; times--) {
    const [at, length] = [roll(result.length + 1), roll(12)];
    const piece = [result.slice(at, at + length), '', String.fromCharCode(roll(256)), '\r\n', "'"][roll(5)] ?? '';
    result = result.slice(0, at) + piece + piece + result.slice(at + length);
  }
  return result;
}

/** Runs inputs until the time is over: each is taken or refused, and soon. */
function fuzz(make: (roll: Roll) => string, take: (input: string) => void): number {
  const roll = numbers(SEED);
  const end = Date.now() + BUDGET_MS;
  let count = 0;
  while (Date.now() < end) {
    const input = make(roll);
    const started = Date.now();
    try {
      take(input);
    } catch (failure) {
      if (!(failure instanceof Refusal)) {
        throw new Error(`seed ${SEED}, input ${count}: ${JSON.stringify(input)}`, { cause: failure });
      }
      expect(failure.status).to.be.within(400, 499);
    }
    expect(Date.now() - started, `seed ${SEED}, input ${count}: ${JSON.stringify(input)}`).to.be.below(SLOW_MS);
    count++;
  }
  return count;
}

describe(`fuzzing (seed ${SEED})`, () => {
  const store = new Store(psaModel);
  const scope = { store, dialect: dialectFor(withDefaults()), enums: new Map() };
  const account = bindSchemas(psaModel).find(({ model }) => model.name === 'account');

  it('the filter parser takes an expression or refuses it', () => {
    const tokens = [
      "'",
      "''",
      '(',
      ')',
      ',',
      '/',
      ':',
      '=',
      '[',
      ']',
      '"',
      ' ',
      ' ',
      '@p',
      '💥',
      '\\',
      '-',
      '.',
    ].concat(
      ['name', 'not ', ' and ', ' or ', ' eq ', ' in ', ' has ', ' add ', 'null', 'true', '1', '1e9', '2024-02-30'],
      ["'a%_['", 'contains(', 'any(', 'a:', 'Microsoft.Dynamics.CRM.In(', 'PropertyName=', 'PropertyValues='],
      ['parentaccountid/', '00000000-0000-0000-0000-000000000000'],
    );
    const sound =
      "(name eq 'O''Bryan' or startswith(name,'%a[bc]')) and not (creditlimit gt 1.5) and " +
      "account_contact_parentcustomerid_account/any(c:c/lastname ne null) and Microsoft.Dynamics.CRM.In(PropertyName='name'," +
      'PropertyValues=["a","b"])';
    const count = fuzz(
      (roll) => (roll(2) ? words(roll, tokens, 60) : damaged(sound, roll)),
      (input) => {
        const expression = parseExpression(input, new Map([['@p', "'a'"]]));
        if (account) compileFilter(expression, account, scope);
      },
    );
    expect(count).to.be.above(50);
  });

  it('the filter parser takes the stars, the arithmetic and the enumerations of F&O, or refuses them', () => {
    const enums = new Map(finopsEnums.map(({ name, members }) => [name, members]));
    const finops = { store: new Store(finopsModel), dialect: finopsDialect(withFinopsDefaults()), enums };
    const actual = bindSchemas(finopsModel).find(({ model }) => model.name === 'ProjCDSActualsImport');
    if (!actual) throw new TypeError('there is no such entity');
    const tokens = [
      "'",
      "''",
      '(',
      ')',
      ',',
      '/',
      '*',
      '**',
      '-',
      '.',
      ' ',
      ' ',
      '💥',
      '0',
      '1',
      '1e9',
      '1900-01-01',
    ].concat(
      [
        ' add ',
        ' sub ',
        ' mul ',
        ' div ',
        ' divby ',
        ' mod ',
        ' eq ',
        ' ne ',
        ' gt ',
        ' and ',
        ' or ',
        'not ',
        ' has ',
      ],
      ['Amount', 'Quantity', 'Description', 'IsJournalized', "'*a*'", "'**'", "'a*b'", 'contains(', 'null', 'true'],
      ["Microsoft.Dynamics.DataEntities.NoYes'Yes'", 'Microsoft.Dynamics.DataEntities.', "'Yes'"],
    );
    const sound =
      "Description eq '*b*a' and not (Amount add Quantity mul 2 gt 1.5 div 3 and Quantity mod 2 eq 0) and " +
      "IsJournalized eq Microsoft.Dynamics.DataEntities.NoYes'Yes' and AccountingDate ge 2024-01-01T12:00:00Z";
    const given = {
      Description: 'aba',
      Amount: '10',
      Quantity: '3',
      IsJournalized: 'Yes',
      AccountingDate: '2024-05-01T12:00:00Z',
    };
    const values = Array.from<Value>({ length: actual.width }).fill(null);
    for (const [name, value] of Object.entries(given)) values[actual.byName.get(name)?.slot ?? -1] = value;
    const take = (input: string): boolean =>
      compileFilter(parseExpression(input, new Map()), actual, finops)({ id: 1, version: 1, values });
    expect(take(sound)).to.equal(true);
    const count = fuzz((roll) => (roll(2) ? words(roll, tokens, 60) : damaged(sound, roll)), take);
    expect(count).to.be.above(50);
  });

  it('the batch reader takes a batch or refuses it', () => {
    const pieces = ['--b', '--c', '--', '\r\n', '\r\n', '\n', '\r\n\r\n', ' ', ':', '{', '}', '\u0000'].concat(
      ['Content-Type: application/http', 'Content-Type: multipart/mixed; boundary=c', 'Content-ID: 1', '$batch'],
      ['GET accounts HTTP/1.1', 'POST $1 HTTP/1.1', 'PATCH', 'HTTP/1.1'],
    );
    const sound = [
      '--b',
      'Content-Type: multipart/mixed; boundary=c',
      '',
      ...['--c', 'Content-Type: application/http', 'Content-ID: 1', '', 'POST accounts HTTP/1.1', '', '{}', '--c--'],
      ...['--b', 'Content-Type: application/http', '', 'GET accounts HTTP/1.1', '', '', '--b--', ''],
    ].join('\r\n');
    const count = fuzz(
      (roll) => (roll(2) ? words(roll, pieces, 60) : damaged(sound, roll)),
      (body) => {
        const headers = { 'content-type': 'multipart/mixed; boundary=b' };
        answerBatch(
          { method: 'POST', url: '$batch', headers, body },
          {
            limit: 10,
            strictLines: body.length % 2 === 0,
            tooMany: () => new Refusal(400, '', 'too many'),
            handle: () => ({ status: 204, headers: {} }),
            atomically: (work) => work(),
            failedChangeSet: (failure) => failure,
            failureInsideSet: false,
            stopAtFailure: true,
          },
        );
      },
    );
    expect(count).to.be.above(50);
  });
});
