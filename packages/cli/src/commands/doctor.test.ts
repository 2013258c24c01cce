import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoggedRequest } from '@isthmus/sandbox';
import { expect } from 'chai';
import { contractsPlugin, SandboxedFolder, Service } from '../testing/index.js';

interface Finding {
  readonly section: string;
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly remedy: string | null;
}

describe('isthmus doctor', () => {
  let folder: SandboxedFolder;
  before(async () => (folder = await SandboxedFolder.create()));
  afterEach(() => folder.configure());
  after(() => folder.stop());

  const failures = async () =>
    ((await folder.isthmus('doctor', '--json')).json() as Finding[]).filter(({ status }) => status === 'failed');

  it('checks everything that a run needs, from the version of Node.js to the fields of both systems', async () => {
    const { status, stdout } = await folder.isthmus('doctor', '--json');
    const findings = JSON.parse(stdout) as Finding[];
    expect(findings.filter((finding) => finding.status === 'failed')).to.deep.equal([]);
    expect(status).to.equal(0);
    const sections = new Set(findings.map(({ section }) => section));
    expect([...sections]).to.deep.equal([
      'versions',
      'rc file',
      'plugins',
      'configuration',
      'store',
      'connections',
      'mapping',
      'prerequisites',
    ]);
    for (const finding of findings) expect(finding).to.have.all.keys('section', 'name', 'status', 'message', 'remedy');
    const mapping = findings.find(({ section, status: found }) => section === 'mapping' && found === 'ok');
    expect(mapping?.message).to.match(/^\d+ fields of 4 tasks are in the metadata of both systems\.$/);
  });

  it('shows people one line for each check', async () => {
    const { stdout } = await folder.isthmus('doctor');
    expect(stdout).to.match(/^versions\n {2}ok {7}node {2}\d+\.\d+\.\d+$/m);
    expect(stdout).to.match(/^\d+ checks, 0 failed/m);
  });

  it('says which secret is wrong, without telling it', async () => {
    const { status, stdout, stderr } = await folder.isthmusWith({ TEST_SECRET: 'wr0ng-canary-secret' }, 'doctor');
    expect(status).to.equal(1);
    expect(stdout)
      .to.match(/failed +psa: .+/)
      .and.to.contain('remedy: ');
    expect(stdout).to.contain("Not checked, because the connection 'psa' cannot be used");
    expect(stdout + stderr).not.to.contain('wr0ng-canary-secret');
  });

  it('says which field of an override the systems lack, with the nearest name', async () => {
    folder.configure('    overrides: { project-contracts: { Name: { from: nam }, Nme: { from: name } } }');
    const [first, second] = await failures();
    expect(first).to.include({ section: 'mapping' });
    expect(first?.message).to.contain('MAPPING_PATH_UNKNOWN').and.to.contain("'name'");
    expect(second?.message).to.contain('MAPPING_FIELD_UNKNOWN').and.to.contain("'Name'");
  });

  it('goes on to say what it can where the rc file is wrong', async () => {
    folder.write('.isthmusrc.yaml', `plugins: ["${contractsPlugin}", "./gone.js"]`);
    expect((await failures()).map(({ message }) => message.split(':')[0])).to.deep.equal(['PLUGIN_NOT_FOUND']);
    folder.write('.isthmusrc.yaml', `plugins: ["${contractsPlugin}"]\nintegrations: { a: {} }\nnonsense: 1`);
    const faults = await failures();
    expect(faults.map(({ section }) => section)).to.include('configuration');
    expect(faults.some(({ message }) => message.includes('CONFIG_UNKNOWN_KEY'))).to.equal(true);
  });

  describe('and the metadata of both systems', function () {
    this.timeout(120_000);
    const kept = () => join(folder.path, '.isthmus', 'metadata');
    const asked = async (): Promise<number[]> => {
      const { url } = folder.sandbox.psa;
      const log = (await (await fetch(`${url}/sandbox/log?set=$metadata`)).json()) as LoggedRequest[];
      await fetch(`${url}/sandbox/log`, { method: 'DELETE' });
      return log.map(({ status }) => status);
    };
    beforeEach(async () => {
      rmSync(kept(), { recursive: true, force: true });
      await asked();
    });

    it('asks for it once, keeps it beside the store, and asks again where that is wanted', async () => {
      await folder.isthmus('doctor');
      expect(await asked()).to.deep.equal([200, 200]);
      expect(readdirSync(kept())).to.have.length(2);
      await folder.isthmus('doctor');
      expect(await asked()).to.deep.equal([]);
      await folder.isthmus('doctor', '--fresh');
      expect(await asked()).to.deep.equal([304, 304]);
    });

    it('is asked for by the first of plan, run and start, and by none of those that follow', async () => {
      await folder.isthmus('plan');
      expect(await asked()).to.deep.equal([200, 200]);
      for (const command of ['plan', 'run', 'run']) {
        await folder.isthmus(command);
        expect(await asked(), command).to.deep.equal([]);
      }
      folder.configure('    schedule: { every: 1s }\nservice: { health: { port: 0 } }');
      const running = new Service({ cwd: folder.path, env: folder.env });
      await running.times('run.finished', 2);
      await running.stop();
      expect(await asked(), 'start').to.deep.equal([]);
    });

    it('finds fields that came after it was kept', async () => {
      await folder.isthmus('doctor');
      for (const file of readdirSync(kept())) {
        const path = join(kept(), file);
        const [head = '', ...lines] = readFileSync(path, 'utf8').split('\n');
        const older = lines.join('\n').replaceAll('msdyn_subject', 'msdyn_subject_old');
        const { etag: _etag, ...known } = JSON.parse(head) as Record<string, unknown>;
        writeFileSync(path, `${JSON.stringify({ ...known, length: older.length })}\n${older}`);
      }
      await asked();
      expect(await failures()).to.deep.equal([]);
      expect(await asked()).to.have.length(2);
    });
  });
});
