import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect } from 'chai';
import { startIsthmus } from '../support/isthmus.js';
import { repositoryFile } from '../support/repository.js';
import { temporaryFolder } from '../support/temporary.js';

const PAGE = readFileSync(repositoryFile('docs/operating.md'), 'utf8');
const PLUGIN = createRequire(import.meta.url).resolve('@isthmus/plugin-contracts');

/** What the page takes for granted. */
const BASE = `
plugins: ["${PLUGIN}"]
connections:
  psa: { kind: dataverse, url: "https://psa.example", tenant: t, clientId: c, clientSecret: "\${env:SECRET}" }
  finops: { kind: finops, url: "https://finops.example", tenant: t, clientId: c, clientSecret: "\${env:SECRET}" }
connectionSets:
  main:
    connections: { psa: psa, finops: finops }
`;

describe('The page on operating', () => {
  it('shows an rc file that is valid as it stands, with nothing in clear text', async () => {
    const [, yaml = ''] = /^```yaml\n([\s\S]*?)^```/m.exec(PAGE) ?? [];
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'base.yaml'), BASE);
    writeFileSync(join(cwd, '.isthmusrc.yaml'), `extends: ./base.yaml\n${yaml}`);
    const env = { PATH: process.env['PATH'] ?? '', SECRET: 'hunter22', SMTP_PASSWORD: 'hunter22' };
    const hook = { TEAM_HOOK: 'https://hooks.example/1' };
    const { status, stderr } = await startIsthmus(['config', 'check'], { cwd, env: { ...env, ...hook } }).ended;
    expect([status, stderr]).to.deep.equal([0, '']);
  });
});
