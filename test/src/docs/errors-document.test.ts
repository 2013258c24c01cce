import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { explainAll } from '@isthmus/core';
import { errorsDocument } from './errors-document.js';
import { repositoryFile } from '../support/repository.js';

describe('docs/errors.md', () => {
  it('says what the catalogues say (`npm run docs` writes it anew)', () => {
    expect(readFileSync(repositoryFile('docs/errors.md'), 'utf8')).to.equal(errorsDocument());
  });

  it('has a cause and a remedy for every code', () => {
    const explanations = explainAll();
    expect(explanations.length).to.be.greaterThan(40);
    for (const { code, cause, remedy } of explanations) {
      expect(cause, code).to.match(/[.’`)]$/);
      expect(remedy, code).not.to.equal('');
    }
  });
});
