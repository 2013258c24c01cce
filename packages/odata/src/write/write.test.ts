import type { WriteOperation, WriteOutcome } from '@isthmus/core';
import { expect } from 'chai';
import { errors } from '../errors.js';
import { failureOf } from '../fixture/service.test.util.js';
import type { BatchPart } from '../request.js';
import { BatchSize } from '../transport/index.js';
import {
  encodeEach,
  outcomesOf,
  requestsOf,
  writeInPortions,
  type EncodedOperation,
  type PortionLimits,
} from './index.js';

const operation = (name: string): WriteOperation => ({ kind: 'create', key: { name }, fields: { name } });
const nameOf = ({ key }: WriteOperation): string => String(key['name']);

const invalid = errors.ODATA_LITERAL_INVALID({ kind: 'GUID', value: 'x' });
const lost = errors.ODATA_ANSWER_LOST({ connection: 'psa', method: 'POST', url: '$batch', reason: 'closed' });
const misconfigured = errors.ODATA_ROOT_INVALID({ connection: 'psa', root: 'x' });

const encoded = (...names: string[]): EncodedOperation[] =>
  encodeEach(names.map(operation), (one) => {
    if (nameOf(one) === 'invalid') throw invalid;
    return { method: 'POST', path: nameOf(one) };
  });

const part = (status: number): BatchPart => ({ status, headers: {}, text: '', json: () => null });

describe('Operations to be written', () => {
  it('are sent without the ones that cannot be put into words, which have that as their outcome', () => {
    const operations = encoded('a', 'invalid', 'b');
    expect(requestsOf(operations).map(({ path }) => path)).to.deep.equal(['a', 'b']);
    const outcomes = outcomesOf(operations, [part(201), part(204)], (one, answer) => ({
      ok: true,
      row: { name: nameOf(one), status: answer?.status ?? null },
    }));
    expect(outcomes).to.deep.equal([
      { ok: true, row: { name: 'a', status: 201 } },
      { ok: false, error: invalid },
      { ok: true, row: { name: 'b', status: 204 } },
    ]);
  });

  it('are none of them sent where the mapping itself is wrong', () => {
    const wrong = (): never => {
      throw misconfigured;
    };
    expect(() => encodeEach([operation('a')], wrong)).to.throw(misconfigured.message);
  });

  it('know which of them got no answer', () => {
    const outcomes = outcomesOf(encoded('a', 'b'), [part(201)], (_one, answer) =>
      answer ? { ok: true } : { ok: false, error: lost },
    );
    expect(outcomes.map(({ ok }) => ok)).to.deep.equal([true, false]);
  });
});

describe('Writing in portions', () => {
  const upTo = (most: number, size = new BatchSize()): PortionLimits => ({ connection: 'psa', most, size });
  const written = (portion: readonly EncodedOperation[]): WriteOutcome[] => portion.map(() => ({ ok: true }));

  it('keeps to the size, and to the order', async () => {
    const portions: string[][] = [];
    const outcomes = await writeInPortions(encoded('a', 'b', 'c', 'd', 'e'), upTo(2), async (portion) => {
      portions.push(portion.map((one) => nameOf(one.operation)));
      return written(portion);
    });
    expect(portions).to.deep.equal([['a', 'b'], ['c', 'd'], ['e']]);
    expect(outcomes).to.have.length(5);
  });

  it('throws where the first is lost: nothing is known to be written', async () => {
    const failure = await failureOf(writeInPortions(encoded('a', 'b'), upTo(1), () => Promise.reject(lost)));
    expect(failure).to.equal(lost);
  });

  it('keeps what is written where a later one is lost, and sends nothing behind it', async () => {
    let sent = 0;
    const outcomes = await writeInPortions(encoded('a', 'b', 'c'), upTo(1), async (portion) => {
      if (++sent === 2) throw lost;
      return written(portion);
    });
    expect(sent).to.equal(2);
    const unknown = { ok: false, error: lost, systemic: true };
    expect(outcomes).to.deep.equal([{ ok: true }, unknown, unknown]);
  });

  it('goes on behind what was answered, where only the beginning of a portion was', async () => {
    const portions: string[][] = [];
    await writeInPortions(encoded('a', 'b', 'c'), upTo(10), async (portion) => {
      portions.push(portion.map((one) => nameOf(one.operation)));
      return written(portion.slice(0, 2));
    });
    expect(portions).to.deep.equal([['a', 'b', 'c'], ['c']]);
  });

  it('cuts a portion that the service finds too large, until a record alone is', async () => {
    const size = new BatchSize();
    const sent: string[] = [];
    const where = { connection: 'psa', method: 'POST', url: '$batch', message: 'Too large.' };
    const outcomes = await writeInPortions(encoded('a', 'b', 'huge', 'c'), upTo(4, size), async (portion) => {
      const names = portion.map((one) => nameOf(one.operation));
      sent.push(names.join(' '));
      if (names.length < 3 && !names.includes('huge')) return written(portion);
      size.tooMuch(portion.length);
      throw names.length > 2
        ? errors.ODATA_REFUSED({ ...where, status: 413 })
        : errors.ODATA_WEB_PAGE({ status: 413, excerpt: 'Request Entity Too Large' });
    });
    expect(sent).to.deep.equal(['a b huge c', 'a b', 'huge c', 'huge', 'c']);
    expect(outcomes.map((outcome) => outcome.ok || [outcome.error.code, outcome.error.recovery])).to.deep.equal([
      true,
      true,
      ['ODATA_TOO_LARGE', 'quarantine'],
      true,
    ]);
  });

  const where = { connection: 'finops', method: 'POST', url: '$batch' };

  it('leaves it open whose fault it is where the service refuses a portion as a whole', async () => {
    const said = { status: 400, message: 'The batch cannot be parsed.', requestId: 'r-1' };
    const whole = errors.ODATA_REFUSED({ ...where, ...said }, { place: { requestId: 'r-1' } });
    const failure = await failureOf(writeInPortions(encoded('a', 'b'), upTo(2), () => Promise.reject(whole)));
    expect(failure).to.deep.include({ code: 'ODATA_BATCH_REFUSED', recovery: 'retry', place: { requestId: 'r-1' } });
    expect(failure.message).to.include('The batch cannot be parsed.').and.include('400');
  });

  it('does the same where a gateway refuses it with a page, and keeps what is written already', async () => {
    const page = errors.ODATA_WEB_PAGE({ status: 400, excerpt: 'Request blocked.' });
    let sent = 0;
    const outcomes = await writeInPortions(encoded('a', 'b', 'c'), upTo(1), async (portion) => {
      if (++sent === 2) throw page;
      return written(portion);
    });
    const codes = outcomes.map((outcome) => outcome.ok || [outcome.error.code, outcome.systemic]);
    expect(codes).to.deep.equal([true, ['ODATA_BATCH_REFUSED', true], ['ODATA_BATCH_REFUSED', true]]);
  });

  it('ends where it is the client or the address that is refused', async () => {
    const refusals = [
      errors.ODATA_UNAUTHORISED({ ...where, status: 401, message: 'No.' }),
      errors.ODATA_FORBIDDEN({ ...where, status: 403, message: 'No.' }),
      errors.ODATA_REFUSED({ ...where, status: 404, message: 'No.' }),
      errors.ODATA_WEB_PAGE({ status: 302, excerpt: 'Sign in.' }),
    ];
    for (const refusal of refusals) {
      const failure = await failureOf(writeInPortions(encoded('a', 'b'), upTo(2), () => Promise.reject(refusal)));
      expect(failure).to.equal(refusal);
    }
  });
});
