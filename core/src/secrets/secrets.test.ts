import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { environmentSecrets, fileSecrets, SecretVault } from './index.js';

describe('Secrets', () => {
  describe('from the environment', () => {
    const source = environmentSecrets({ PSA_SECRET: 'hunter22', EMPTY: '' });

    it('are the variable’s value', () => {
      expect(source.resolve('PSA_SECRET', '/')).to.equal('hunter22');
    });

    it('are missing where the variable is not set, or empty', () => {
      expect(source.resolve('OTHER', '/')).to.equal(undefined);
      expect(source.resolve('EMPTY', '/')).to.equal(undefined);
    });
  });

  describe('from a file', () => {
    let folder: string;
    before(() => (folder = mkdtempSync(join(tmpdir(), 'isthmus-secrets-'))));
    after(() => rmSync(folder, { recursive: true }));

    it('are its text, found beside the file that refers to it, without the last line end', () => {
      writeFileSync(join(folder, 'key.pem'), 'first\nsecond\r\n');
      expect(fileSecrets().resolve('./key.pem', folder)).to.equal('first\nsecond');
    });

    it('are missing where there is no such file', () => {
      expect(fileSecrets().resolve('./none', folder)).to.equal(undefined);
    });

    it('say so where the file cannot be read', () => {
      expect(() => fileSecrets().resolve('.', folder))
        .to.throw()
        .that.includes({ code: 'SECRET_UNREADABLE' });
    });
  });

  describe('in any output', () => {
    const secret = 'c4n/ry "q+ö"';
    const vault = new SecretVault();
    vault.add(secret);

    const spellings: [how: string, text: string][] = [
      ['as they are', secret],
      ['in a URL', encodeURIComponent(secret)],
      ['in a form', new URLSearchParams({ client_secret: secret }).toString()],
      ['in JSON', JSON.stringify({ secret })],
      ['in JSON that is text inside JSON', JSON.stringify({ body: JSON.stringify({ secret }) })],
      ['in base64', Buffer.from(secret).toString('base64')],
      ['in base64 for URLs', Buffer.from(secret).toString('base64url')],
    ];
    for (const [how, text] of spellings) {
      it(`are replaced ${how}`, () => {
        const redacted = vault.redact(`before ${text} after ${text}`);
        expect(redacted.match(/••••/g)).to.have.length(2);
        expect(redacted).to.match(/^before .*after /);
        expect(redacted).not.to.contain('n/ry');
        expect(redacted).not.to.contain('n%2Fry');
      });
    }

    for (const user of ['', 'a', 'ab', 'abc']) {
      it(`are replaced in a Basic header, behind the user '${user}'`, () => {
        const header = Buffer.from(`${user}:${secret}!`).toString('base64');
        const redacted = vault.redact(header);
        expect(redacted).to.contain('••••');
        expect(Buffer.from(redacted.replace('••••', ''), 'base64').toString()).not.to.contain('4n/');
      });
    }

    it('go as a whole where one begins another', () => {
      const both = new SecretVault();
      both.add('hunter');
      both.add('hunter22');
      expect(both.redact('hunter22 hunter')).to.equal('•••• ••••');
    });

    it('leave the text alone where they are shorter than four characters, or there are none', () => {
      const few = new SecretVault();
      expect(few.redact('abc')).to.equal('abc');
      few.add('abc');
      expect(few.redact('abc')).to.equal('abc');
    });

    it('do not turn into patterns', () => {
      const odd = new SecretVault();
      odd.add('a.c*(e)');
      expect(odd.redact('abc*(e) a.c*(e)')).to.equal('abc*(e) ••••');
    });
  });
});
