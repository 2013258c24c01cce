import { readFileSync, writeFileSync } from 'node:fs';
import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { expectComplaint } from '../support/complaint.js';
import { wholeTables } from '../support/finops.js';
import { totalsOf } from '../support/run-result.js';
import { psaOf } from '../support/service.js';
import { Site } from '../support/site.js';

interface TaskState {
  readonly task: string;
  readonly checkpoint: { readonly at: string } | null;
  readonly earlier: readonly string[];
  readonly delivered: number;
  readonly held: number;
}

describe('The state of an integration', () => {
  let sandbox: RunningSandbox;
  let site: Site;
  let delivered: Awaited<ReturnType<typeof wholeTables>>;

  before(async () => {
    sandbox = await startSandbox({ scale: 0.1 });
    site = new Site(sandbox);
    await site.run();
    await site.run();
    delivered = await wholeTables(sandbox);
  });
  after(() => sandbox.stop());

  const state = (...args: string[]) => site.isthmus('state', ...args);
  const shown = async (): Promise<TaskState[]> => (await state('show', '--json')).jsonLines<TaskState>();
  const tasks = async (...args: string[]): Promise<number> =>
    (await state(...args, '--json')).json<{ tasks: unknown[] }>().tasks.length;

  it('is shown task by task: checkpoint, earlier ones, what was delivered and what is held', async () => {
    const [contracts] = await shown();
    expect(contracts?.task).to.equal('project-contracts');
    expect(contracts?.checkpoint).not.to.equal(null);
    expect(contracts?.earlier).to.have.length(1);
    expect(contracts?.delivered).to.be.greaterThan(0);
    expect((await state('show', 'contracts/projects', '--json')).jsonLines()).to.have.length(1);
    expect((await state('show', 'contracts/projcts')).stderr).to.include("nearest name is 'projects'");
  });

  it('does not change by a preview', async () => {
    const before = await shown();
    expect(await tasks('rewind')).to.be.greaterThan(3);
    expect((await state('reset')).stdout).to.match(
      /delivered rows? and \d+ held records? are forgotten[^]*Nothing has been changed/,
    );
    expect(await shown()).to.deep.equal(before);
  });

  it('rewound to an earlier checkpoint, makes the next run read again what has changed since, and write nothing twice', async () => {
    const [order] = await psaOf(sandbox).rows('salesorders?$top=1');
    await psaOf(sandbox).update(`salesorders(${String(order?.['salesorderid'])})`, { description: 'touched' });
    await site.run();
    expect((await state('rewind', 'contracts', '--yes')).status).to.equal(0);
    const result = await site.run();
    expect(totalsOf(result).read).to.be.greaterThan(0);
    expect(totalsOf(result)).to.include({ created: 0, updated: 0 });
    expect((await state('rewind', '--to', '99')).stderr).to.include('CLI_CHECKPOINT_MISSING');
  });

  it('reset, makes the next run find everything in the destination and write nothing; undone, it is as before', async () => {
    const before = await shown();
    await state('reset', 'contracts', '--yes');
    expect((await shown()).map((each) => each.delivered + each.held)).to.deep.equal(before.map(() => 0));
    await state('undo', '--yes');
    expect(await shown()).to.deep.equal(before);
    await state('reset', 'contracts', '--yes');
    expect(totalsOf(await site.run())).to.include({ created: 0, updated: 0 });
    expect(await wholeTables(sandbox)).to.deep.equal(delivered);
  });

  it('exported and imported, is the same; the audit trail knows of it', async () => {
    const before = await shown();
    const file = site.path('state.jsonl');
    expect((await state('export', '--out', file)).status).to.equal(0);
    await state('reset', '--yes');
    await state('import', file, '--yes');
    expect((await shown()).map(({ delivered: rows, held }) => [rows, held])).to.deep.equal(
      before.map(({ delivered: rows, held }) => [rows, held]),
    );
    expect(totalsOf(await site.run())).to.include({ created: 0, updated: 0 });
  });

  describe('in a file that does not fit is refused with one clear error, and nothing is changed:', () => {
    let untouched: TaskState[];
    let text: string;

    before(async () => {
      untouched = await shown();
      await state('export', '--out', site.path('good.jsonl'));
      text = readFileSync(site.path('good.jsonl'), 'utf8');
    });

    const cases: readonly [what: string, spoil: (text: string) => string, says: RegExp][] = [
      ['cut off', (whole) => whole.slice(0, whole.lastIndexOf('{"entries"')), /cut off/],
      ['torn in a line', (whole) => whole.slice(0, whole.length / 2), /torn|cut off/],
      ['edited by hand', (whole) => whole.replace('"hash":"', '"hash":"x'), /changed after it was written/],
      ['of another version', (whole) => whole.replace(/"version":"[^"]*"/, '"version":"99.0.0"'), /version 99/],
      ['of other systems', (whole) => whole.replaceAll('127.0.0.1', 'elsewhere.example'), /other systems/],
      ['of another integration', (whole) => whole.replaceAll('"contracts"', '"orders"'), /no integration 'orders'/],
      ['of something else', () => '{"a":1}\n', /holds no state/],
    ];
    for (const [what, spoil, says] of cases) {
      it(what, async () => {
        writeFileSync(site.path('bad.jsonl'), spoil(text));
        const ended = await state('import', site.path('bad.jsonl'), '--yes');
        expectComplaint(ended, { status: 2, code: 'CLI_STATE_FILE_UNFIT', says });
      });
    }

    after(async () => expect(await shown()).to.deep.equal(untouched));
  });
});
