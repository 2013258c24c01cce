import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { isthmus, pluginReadmes } from './plugin-readmes.js';

const BETWEEN = /<!-- begin: isthmus docs templates -->\n\n([^]*?)\n\n<!-- end: isthmus docs templates -->/;

describe('The READMEs of the plugins', () => {
  for (const { name, file } of pluginReadmes) {
    it(`${name} says what \`isthmus docs templates\` says (\`npm run docs\` writes it anew)`, async () => {
      const { stdout, status, stderr } = await isthmus('docs', 'templates', '--plugin', name);
      expect(status, stderr).to.equal(0);
      const [, written = ''] = BETWEEN.exec(readFileSync(file, 'utf8')) ?? [];
      expect(written).to.equal(stdout.trimEnd());
    });
  }
});
