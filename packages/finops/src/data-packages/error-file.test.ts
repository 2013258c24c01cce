import { expect } from 'chai';
import { linesOf } from './error-file.js';

describe('A file that names refused rows', () => {
  const text = 'DATAAREAID,PROJECTCONTRACTID\r\nusmf,"C-1, ""first"""\r\nusmf,C-2\r\n';

  it('is read line by line, whatever a key holds, in either encoding', () => {
    const lines = [
      ['DATAAREAID', 'PROJECTCONTRACTID'],
      ['usmf', 'C-1, "first"'],
      ['usmf', 'C-2'],
    ];
    expect(linesOf(Buffer.from(text))).to.deep.equal(lines);
    expect(linesOf(Buffer.from(`\ufeff${text}`, 'utf16le'))).to.deep.equal(lines);
  });

  it('names no row that it did not name as a whole, wherever it was cut off', () => {
    const bytes = Buffer.from(text);
    const whole = linesOf(bytes).map(String);
    for (let end = 0; end < bytes.length; end++) {
      expect(whole, String(end)).to.include.members(linesOf(bytes.subarray(0, end)).map(String));
    }
  });
});
