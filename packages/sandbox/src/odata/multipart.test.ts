import { expect } from 'chai';
import { boundaryOf, readPart, readParts } from './multipart.js';

describe('multipart bodies', () => {
  it('name their boundary with or without quotes', () => {
    expect(boundaryOf('multipart/mixed; boundary=batch_1')).to.equal('batch_1');
    expect(boundaryOf('multipart/mixed;charset=utf-8;boundary="batch 2"')).to.equal('batch 2');
    expect(boundaryOf('application/json')).to.equal(undefined);
  });

  it('are split at the boundary, whatever the line ends', () => {
    for (const newline of ['\r\n', '\n']) {
      const strict = newline === '\r\n';
      const body = ['--b', 'A: 1', '', 'first', '--b', 'A: 2', '', 'second', '--b--', ''].join(newline);
      const parts = [...readParts(body, 'b', strict)];
      expect(parts.map((part) => [part.headers.a, part.body])).to.deep.equal([
        ['1', 'first'],
        ['2', 'second'],
      ]);
    }
  });

  it('end with their last part where the closing delimiter is missing', () => {
    expect([...readParts('--b\r\n\r\nonly', 'b', true)]).to.have.length(1);
  });

  it('have header names in any case', () => {
    expect(readPart('Content-ID: 7\r\n\r\nx', true).headers).to.deep.equal({ 'content-id': '7' });
  });
});
