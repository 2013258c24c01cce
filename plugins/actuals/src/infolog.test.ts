import { expect } from 'chai';
import { outlined, readInfolog } from './infolog.js';

describe('What F&O has to tell of an import or a posting', () => {
  it('is complaints and notices, whatever is written in them', () => {
    const said = 'Info: Journal A: 2 lines created.; Error: Actual 1: no rate; none at all: USD.; Info: Done.';
    expect(readInfolog(said)).to.deep.equal({
      complaints: ['Actual 1: no rate; none at all: USD.'],
      notices: ['Journal A: 2 lines created.', 'Done.'],
    });
  });

  it('is a notice where F&O says something of its own', () => {
    expect(readInfolog('Operation completed')).to.deep.equal({ complaints: [], notices: ['Operation completed'] });
  });

  it('is shown as far as one reads, and counted beyond', () => {
    expect(outlined(['One.', 'Two.'])).to.equal('One. Two.');
    const many = Array.from({ length: 100 }, (_, i) => `${i}.`);
    expect(outlined(many)).to.equal('0. 1. 2. 3. 4. And 95 more, which F&O shows.');
  });
});
