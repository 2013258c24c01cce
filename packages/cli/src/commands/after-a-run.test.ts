import { expect } from 'chai';
import { SandboxedFolder } from '../testing/index.js';

interface Summary {
  readonly run: string;
  readonly tasks: readonly Record<string, number>[];
}

describe('After a run', () => {
  let folder: SandboxedFolder;
  let first: Summary;

  before(async () => {
    folder = await SandboxedFolder.create();
    first = (await folder.isthmus('run', '--json')).json() as Summary;
    await folder.isthmus('run', '--json');
  });
  after(() => folder.stop());

  describe('isthmus status', () => {
    it('shows the last run, what is held back, and the next step', async () => {
      const ended = await folder.isthmus('status', '--json');
      expect(ended.status).to.equal(0);
      const [contracts] = ended.json() as Record<string, unknown>[];
      expect(contracts).to.include({ integration: 'contracts', next: 'isthmus errors --integration contracts' });
      expect(contracts).to.have.nested.property('lastRun.status', 'warning');
      expect(contracts?.['quarantined']).to.be.above(0);
      expect((await folder.isthmus('status')).stdout).to.match(/^contracts +projects-and-contracts@2 .+warning/m);
    });
  });

  describe('isthmus history', () => {
    it('lists runs, newest first', async () => {
      const runs = (await folder.isthmus('history', '--json')).json() as Summary[];
      expect(runs.at(-1)).to.deep.include(first);
      expect(runs[0]).to.include.keys('integrations', 'startedAt', 'finishedAt');
      const one = (await folder.isthmus('history', '--limit', '1', '--json')).json();
      expect(one).to.deep.equal(runs.slice(0, 1));
    });

    it('shows the tasks of one run', async () => {
      const { status, stdout } = await folder.isthmus('history', first.run);
      expect(status).to.equal(0);
      expect(stdout).to.contain(first.run);
      for (const { task } of first.tasks) expect(stdout).to.contain(task);
    });

    it('says so where there is no such run', async () => {
      const { status, stderr } = await folder.isthmus('history', 'yesterday');
      expect(status).to.equal(2);
      expect(stderr).to.contain('CLI_RUN_UNKNOWN');
    });
  });

  describe('isthmus errors', () => {
    const held = () => first.tasks.reduce((sum, task) => sum + (task['quarantined'] ?? 0) + (task['deferred'] ?? 0), 0);

    it('gives a script one line for each record', async () => {
      const { status, stdout } = await folder.isthmus('errors', '--json');
      expect(status).to.equal(0);
      const records = stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      expect(records).to.have.length(held());
      for (const record of records) {
        expect(Object.keys(record)).to.deep.equal(
          'integration task state key sourceId legalEntity code errors waitsFor attempts since run'.split(' '),
        );
      }
      const limited = await folder.isthmus('errors', '--json', '--limit', '2');
      expect(limited.stdout.trimEnd().split('\n')).to.have.length(2);
    });

    it('groups them by cause for people, each with its remedy', async () => {
      const { stdout } = await folder.isthmus('errors', '--state', 'quarantined', '--task', 'project-contracts');
      expect(stdout).to.match(
        /^RECORD_TOO_LONG {2}1 record of contracts \/ project-contracts\n {2}The text has \d+ char/m,
      );
      expect(stdout).to.contain('  remedy   Shorten the text');
      expect(stdout).not.to.contain('RECORD_WAITS');
    });

    it('shows one record whole', async () => {
      const ended = await folder.isthmus('errors', '--key', 'ord-00001-longnm', '--json');
      const record = ended.json() as Record<string, unknown>;
      expect(record).to.include({ key: 'ORD-00001-LONGNM', code: 'RECORD_TOO_LONG' });
      expect(record).to.have.nested.property('source.ordernumber', 'ORD-00001-LONGNM');
      const text = (await folder.isthmus('errors', '--key', 'ORD-00001-LONGNM')).stdout;
      expect(text).to.contain('Source row').and.to.contain('"ordernumber": "ORD-00001-LONGNM"');
    });

    it('never takes a misspelt name for an all-clear', async () => {
      const task = await folder.isthmus('errors', '--task', 'project');
      expect(task.status).to.equal(2);
      expect(task.stderr).to.match(/CLI_TASK_UNKNOWN: .*nearest name is 'projects'/);
      const integration = await folder.isthmus('errors', '--integration', 'contract');
      expect(integration.status).to.equal(2);
      expect(integration.stderr).to.match(/INTEGRATION_UNKNOWN: .*nearest name is 'contracts'/);
    });

    it('says so where nothing matches', async () => {
      const none = await folder.isthmus('errors', '--task', 'milestones', '--state', 'quarantined');
      expect([none.status, none.stdout.trim()]).to.deep.equal([0, 'No records are held back.']);
      const unknown = await folder.isthmus('errors', '--key', 'ORD-0');
      expect(unknown.status).to.equal(2);
      expect(unknown.stderr).to.contain('CLI_RECORD_UNKNOWN');
      expect((await folder.isthmus('errors', 'yesterday')).stderr).to.contain('CLI_RUN_UNKNOWN');
    });
  });
});
