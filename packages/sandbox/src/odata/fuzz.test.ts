import { expect } from 'chai';
import { fuzz, SEED, type Roll } from '../fuzz.test.support.js';
import { bindSchemas } from '../store/schema.js';
import { finopsEnums, finopsModel, psaModel } from '../model/index.js';
import { Store, type Value } from '../store/index.js';
import { dialectFor } from '../dataverse/dialect.js';
import { withDefaults } from '../dataverse/switches.js';
import { finopsDialect } from '../finops/dialect.js';
import { withFinopsDefaults } from '../finops/switches.js';
import { answerBatch, compileFilter, parseExpression, Refusal } from './index.js';

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

/** A refusal is an answer of its own: 4xx. */
const isRefusal = (failure: unknown): boolean =>
  failure instanceof Refusal && failure.status >= 400 && failure.status < 500;

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
    const { tried } = fuzz(
      (roll) => (roll(2) ? words(roll, tokens, 60) : damaged(sound, roll)),
      (input) => {
        const expression = parseExpression(input, new Map([['@p', "'a'"]]));
        if (account) compileFilter(expression, account, scope);
      },
      isRefusal,
    );
    expect(tried).to.be.above(50);
  });

  it('the filter parser takes the stars, the arithmetic and the enumerations of F&O, or refuses them', () => {
    const enums = new Map(finopsEnums.map(({ name, members }) => [name, members]));
    const finops = { store: new Store(finopsModel), dialect: finopsDialect(withFinopsDefaults()), enums };
    const actual = bindSchemas(finopsModel).find(({ model }) => model.name === 'ProjCDSActualsImport');
    if (!actual) throw new TypeError('there is no such entity');
    const signs = "' '' ( ) , / * ** - . 💥 0 1 1e9 1900-01-01".split(' ');
    const operators = 'add sub mul div divby mod eq ne gt and or not has'.split(' ').map((word) => ` ${word} `);
    const names = "Amount Quantity Description IsJournalized '*a*' '**' 'a*b' contains( null true 'Yes'".split(' ');
    const enumeration = 'Microsoft.Dynamics.DataEntities.';
    const tokens = [...signs, ...operators, ...names, ' ', enumeration, `${enumeration}NoYes'Yes'`];
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
    const { tried } = fuzz((roll) => (roll(2) ? words(roll, tokens, 60) : damaged(sound, roll)), take, isRefusal);
    expect(tried).to.be.above(50);
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
    const { tried } = fuzz(
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
      isRefusal,
    );
    expect(tried).to.be.above(50);
  });
});
