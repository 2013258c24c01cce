import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { parse } from 'yaml';
import { repositoryFile } from '../support/repository.js';
import { Site } from '../support/site.js';

const README = readFileSync(repositoryFile('README.md'), 'utf8');
const EXAMPLE = readFileSync(repositoryFile('test/src/readme/my-tasks.ts'), 'utf8').trim();

/** Fenced blocks of a language. */
const blocks = (language: string): string[] =>
  [...README.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, text = '']) => text);

describe('The README', () => {
  let sandbox: RunningSandbox;
  before(async () => (sandbox = await startSandbox({ scale: 0.2 })));
  after(() => sandbox.stop());

  it('shows a template of about twenty lines that works as it stands', async () => {
    expect(blocks('ts').map((block) => block.trim())).to.deep.equal([EXAMPLE]);
    expect(EXAMPLE.split('\n').length).to.be.at.most(24);

    const site = new Site(sandbox);
    site.edit((rc) => {
      rc.plugins.push('./my-tasks.mjs');
      rc.integrations['tasks'] = { template: 'my-tasks', connectionSet: 'main' };
    });
    site.write('my-tasks.mjs', readFileSync(repositoryFile('test/dist/readme/my-tasks.js'), 'utf8'));
    const { balanced, tasks } = await site.run('--all');
    const [own] = tasks.filter(({ integration }) => integration === 'tasks');
    expect(balanced).to.equal(true);
    expect(own?.created).to.be.greaterThan(20);
  }).timeout(60_000);

  it('shows an rc file in which everything is known', async () => {
    const site = new Site(sandbox);
    site.env['PSA_SECRET'] = 'canary-one';
    site.write('finops.secret', 'canary-two');
    site.write('readme.yaml', blocks('yaml')[0] ?? '');
    const { status, stderr } = await site.isthmus('config', 'check', '--config', 'readme.yaml');
    expect([status, stderr]).to.deep.equal([0, '']);
    expect(parse(blocks('yaml')[0] ?? '')).to.have.property('integrations');
  });

  it('links to files that exist', () => {
    for (const document of [
      'README.md',
      'CONTRIBUTING.md',
      'docs/decisions/README.md',
      'core/README.md',
      'packages/sync/README.md',
    ]) {
      const file = repositoryFile(document);
      for (const [, target = ''] of readFileSync(file, 'utf8').matchAll(/\]\((?!https?:)([^)#]+)/g)) {
        expect(existsSync(join(dirname(file), target)), `${document} → ${target}`).to.equal(true);
      }
    }
  });

  it('names commands that package.json has', () => {
    const { scripts } = JSON.parse(readFileSync(repositoryFile('package.json'), 'utf8')) as { scripts: object };
    const named = [...README.matchAll(/npm run (\w+)/g)].map(([, name = '']) => name);
    expect(scripts).to.include.keys(named);
  });
});
