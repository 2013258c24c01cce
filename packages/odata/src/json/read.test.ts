import { expect } from 'chai';
import { parse } from 'lossless-json';
import { clientOf, failureOf, sendJson, startService } from '../fixture/service.test.util.js';
import { readJson } from './read.js';

describe('JSON of a service', () => {
  it('keeps the digits of every decimal', () => {
    expect(readJson('{"a":20000.0000,"b":-0.10,"c":1e3,"d":1.5E-7,"e":[0.1,2]}')).to.deep.equal({
      a: '20000.0000',
      b: '-0.10',
      c: '1e3',
      d: '1.5E-7',
      e: ['0.1', 2],
    });
  });

  it('keeps integers as numbers while they are exact', () => {
    expect(readJson('[192350001,-7,0,9007199254740991,9007199254740992,12345678901234567890]')).to.deep.equal([
      192350001,
      -7,
      0,
      9007199254740991,
      '9007199254740992',
      '12345678901234567890',
    ]);
  });

  it('leaves text alone, whatever is in it', () => {
    const text = ['1.5', 'a "quoted" 2.5', 'back\\slash\\', '\\"3.5', 'ünï-😀 4.5', '[6.5]'];
    expect(readJson(JSON.stringify(text))).to.deep.equal(text);
  });

  it('reads what an independent lossless parser reads', () => {
    const rows = Array.from({ length: 300 }, (_, i) => {
      const awkward = ['\\', '"', '\\"', '1.0', '\n', '🙂', `${i / 7}`][i % 7];
      return `{"id":${i},"text":${JSON.stringify(awkward)} , "price" : ${i * 3}.${String(i).padStart(4, '0')}, "n":[-${i}.5,null,true,{}],"big":1${i}00000000000000000}`;
    });
    const json = `[${rows.join(',\n')}]`;
    const parseNumber = (digits: string): unknown => {
      const exact = /^-?\d+$/.test(digits) && Number.isSafeInteger(Number(digits));
      return exact ? Number(digits) : digits;
    };
    expect(readJson(json)).to.deep.equal(parse(json, undefined, { parseNumber }));
  });

  it('is refused where it is malformed, also in its numbers', async () => {
    for (const json of ['', '{"a":1.5', '{"a":1.2.3}', '[01]', '[1.]', '[--1.5]', '["open]', '{"a":1.5,}', '[.5]']) {
      const failure = await failureOf(Promise.resolve().then(() => readJson(json)));
      expect(failure, json).to.include({ code: 'ODATA_BODY_TORN', recovery: 'retry' });
    }
  });

  it('comes as text of numbers from a service that honours IEEE754Compatible, and ends up the same', async () => {
    const service = await startService(({ headers }, response) => {
      const exact = /IEEE754Compatible=true/.test(headers.accept ?? '');
      const type = `application/json; odata.metadata=minimal${exact ? ';IEEE754Compatible=true' : ''}`;
      sendJson(response, `{"amount":${exact ? '"20000.0000"' : '20000.0000'},"line":3}`, 200, { 'content-type': type });
    });
    const read = async (ieee754: boolean): Promise<unknown> => {
      const client = clientOf(service, { ieee754 });
      const body = await client.getJson('Customers');
      await client.send({ method: 'POST', path: 'Customers', body: '{}' });
      await client.close();
      return body;
    };
    expect(await read(true)).to.deep.equal({ amount: '20000.0000', line: 3 });
    expect(await read(false)).to.deep.equal({ amount: '20000.0000', line: 3 });
    await service.stop();
    expect(service.requests[1]?.headers['content-type']).to.equal('application/json;IEEE754Compatible=true');
    expect(service.requests[3]?.headers['content-type']).to.equal('application/json');
  });
});
