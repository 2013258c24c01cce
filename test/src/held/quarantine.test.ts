import { readFileSync } from 'node:fs';
import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { tableOf } from '../support/finops.js';
import { isReconciled, totalsOf, type HeldLine, type RunResult } from '../support/run-result.js';
import { psaOf, type Row } from '../support/service.js';
import { Site } from '../support/site.js';

const LONG_NAMED = 'salesorders(a0000000-0000-4000-8000-000000000011)';
const OF_AN_UNKNOWN_CUSTOMER = 'salesorders(a0000000-0000-4000-8000-000000000014)';
const NUMBER = 'ORD-00001-LONGNM';

interface Cause {
  readonly code: string;
  readonly task: string;
  readonly field?: string;
  readonly count: number;
  readonly behind: number;
}

describe('Records in quarantine', () => {
  let sandbox: RunningSandbox;
  let site: Site;
  let heldAtFirst: HeldLine[];

  before(async () => {
    sandbox = await startSandbox({ scale: 0.2 });
    site = new Site(sandbox);
    const psa = psaOf(sandbox);
    const [line] = await psa.rows('salesorderdetails?$select=salesorderdetailid&$top=1');
    await psa.update(`salesorderdetails(${line?.['salesorderdetailid']})`, {
      'salesorderid@odata.bind': `/${OF_AN_UNKNOWN_CUSTOMER}`,
    });
    await site.run();
    heldAtFirst = await held();
  });
  after(() => sandbox.stop());

  const quarantine = (...args: string[]) => site.isthmus('quarantine', ...args);
  const held = async (): Promise<HeldLine[]> => (await site.isthmus('errors', '--json')).jsonLines<HeldLine>();
  const contract = async (number: string): Promise<Row | undefined> =>
    (await tableOf(sandbox, 'ProjCDSProjectContracts')).find((row) => row['ProjectContractID'] === number);

  it('are listed by root cause, with the field, and with what hangs on them', async () => {
    const causes = (await quarantine('list', '--json')).jsonLines<Cause>();
    const tooLong = causes.find(({ field }) => field === 'Name');
    expect(tooLong).to.include({ task: 'project-contracts', count: 1 });
    expect(causes.some(({ count, behind }) => count > 0 && behind > 0)).to.equal(true);
    const all = causes.reduce((sum, { count, behind }) => sum + count + behind, 0);
    expect(all).to.equal(heldAtFirst.length);
    const shown = await quarantine('list');
    expect(shown.stdout).to.match(/1 record of contracts \/ \S+, \d+ records? behind/);
  });

  it('are chosen by template, task, code, key, state and legal entity', async () => {
    const count = async (...filter: string[]): Promise<number> =>
      (await quarantine('drop', '--reason', 'counting', '--json', ...filter)).json<{ records: number }>().records;
    const first = heldAtFirst.find(({ legalEntity }) => legalEntity !== '')!;
    const fitting = (fits: (line: HeldLine) => boolean): number => heldAtFirst.filter(fits).length;
    expect(await count('--template', 'projects-and-contracts')).to.equal(heldAtFirst.length);
    expect(await count('--task', first.task)).to.equal(fitting(({ task }) => task === first.task));
    expect(await count('--code', first.code)).to.equal(fitting(({ code }) => code === first.code));
    expect(await count('--state', 'deferred')).to.equal(fitting(({ state }) => state === 'deferred'));
    expect(await count('--legal-entity', first.legalEntity.toUpperCase())).to.equal(
      fitting(({ legalEntity }) => legalEntity === first.legalEntity),
    );
    expect(await count(NUMBER.toLowerCase())).to.equal(1);
    expect(await held()).to.deep.equal(heldAtFirst);
  });

  it('are shown whole: both rows, every fault, the attempts, what the destination said', async () => {
    const shown = (await quarantine('show', NUMBER)).stdout;
    expect(shown)
      .to.include('Source row')
      .and.to.include('Mapped row')
      .and.to.match(/1 attempt/);
    const refused = heldAtFirst.find(({ code }) => code.startsWith('FINOPS_'));
    expect((await quarantine('show', refused?.sourceId ?? '')).stdout).to.include("The value 'US-NEWCOMER' in field");
  });

  it('are exported as JSON lines and for a spreadsheet', async () => {
    await quarantine('export', '--out', site.path('held.jsonl'));
    const lines = readFileSync(site.path('held.jsonl'), 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as HeldLine).sourceId)).to.deep.equal(
      heldAtFirst.map(({ sourceId }) => sourceId),
    );
    await quarantine('export', '--out', site.path('held.csv'), '--format', 'csv');
    const csv = readFileSync(site.path('held.csv'), 'utf8');
    expect(csv)
      .to.match(/^integration,task,state,key,/)
      .and.to.include(`,${NUMBER},`);
  });

  it('cannot be edited against the rules, the limits or the key', async () => {
    const edit = (...set: string[]) => quarantine('edit', NUMBER, '--reason', 'test', ...set);
    const tooLong = await edit('--set', `Name=${'x'.repeat(61)}`);
    expect(tooLong.status).to.equal(1);
    expect(tooLong.stderr).to.include('QUARANTINE_EDIT_INVALID').and.to.include('60');
    expect((await edit('--set', 'ProjectContractID=X')).stderr).to.include('QUARANTINE_EDIT_KEY');
    expect((await edit('--set', 'Nmae=X')).stderr).to.include("nearest name is 'Name'");
    expect(await contract(NUMBER)).to.equal(undefined);
  });

  it('are delivered as they were edited, by a retry of just these, with what waited for them', async () => {
    expect((await quarantine('edit', NUMBER, '--set', 'Name=Short', '--reason', 'too long')).status).to.equal(0);
    const ended = await quarantine('retry', NUMBER, '--json');
    const result = ended.json<RunResult>();
    expect(isReconciled(result)).to.equal(true);
    expect(result.tasks.find(({ task }) => task === 'project-contracts')).to.include({ read: 1, created: 1 });
    expect(await contract(NUMBER)).to.include({ Name: 'Short' });
  });

  it('stay as they were edited when everything is read again, and not when the source row changes', async () => {
    expect(totalsOf(await site.run('--full')).updated).to.equal(0);
    expect(await contract(NUMBER)).to.include({ Name: 'Short' });
    await psaOf(sandbox).update(LONG_NAMED, { name: 'Corrected' });
    await site.run();
    expect(await contract(NUMBER)).to.include({ Name: 'Corrected' });
  });

  it('that are dropped are counted as filtered from then on, with the reason kept, until they are taken back', async () => {
    const victim = heldAtFirst.find(({ state, key }) => state === 'quarantined' && key !== NUMBER)!;
    const dropped = await quarantine('drop', victim.sourceId, '--reason', 'a test row', '--yes', '--json');
    expect(dropped.json()).to.deep.equal({ records: 1, done: true });
    expect((await held()).map(({ sourceId }) => sourceId)).not.to.include(victim.sourceId);

    const full = await site.run('--full');
    expect(isReconciled(full)).to.equal(true);
    expect((await held()).map(({ sourceId }) => sourceId)).not.to.include(victim.sourceId);
    const [kept] = (await quarantine('list', '--dropped', '--json')).jsonLines<{ reason: string; sourceId: string }>();
    expect(kept).to.include({ reason: 'a test row', sourceId: victim.sourceId });

    await quarantine('retry', victim.sourceId, '--json');
    expect((await held()).map(({ sourceId }) => sourceId)).to.include(victim.sourceId);
  });

  it('that nobody knows are no success', async () => {
    for (const command of [
      ['show'],
      ['retry'],
      ['edit', '--set', 'Name=x', '--reason', 'x'],
      ['drop', '--reason', 'x'],
    ]) {
      const [name = '', ...rest] = command;
      const ended = await quarantine(name, 'ORD-99999', ...rest);
      expect(ended.status, name).not.to.equal(0);
      expect(ended.stderr, name).to.include('CLI_RECORD_UNKNOWN');
    }
  });
});

describe('A run of a part', () => {
  let sandbox: RunningSandbox;
  let site: Site;

  before(async () => {
    sandbox = await startSandbox({ scale: 0.2 });
    site = new Site(sandbox);
  });
  after(() => sandbox.stop());

  const numbers = async (): Promise<Row[]> => tableOf(sandbox, 'ProjCDSProjectContracts');

  it('takes one legal entity, balances, and leaves the rest to the next run', async () => {
    const part = await site.run('--legal-entity', 'USSI');
    expect(isReconciled(part)).to.equal(true);
    const after = await numbers();
    expect(after.length).to.be.greaterThan(0);
    expect(new Set(after.map(({ dataAreaId }) => dataAreaId))).to.deep.equal(new Set(['ussi']));
    expect((await site.isthmus('history', '--json')).json<unknown[]>()).to.have.length(1);
    await site.run();
    expect(new Set((await numbers()).map(({ dataAreaId }) => dataAreaId))).to.deep.equal(new Set(['ussi', 'usmf']));
  });

  it('takes one record, by its key or its id, however it stands; changes of others stay to be found', async () => {
    const psa = psaOf(sandbox);
    const delivered = new Set((await numbers()).map((row) => row['ProjectContractID']));
    const [one, other] = (await psa.rows('salesorders')).filter((row) => delivered.has(row['ordernumber'] ?? null));
    for (const order of [one, other])
      await psa.update(`salesorders(${String(order?.['salesorderid'])})`, { name: 'New' });
    const key = String(one?.['ordernumber']);
    const result = await site.run('--only', key);
    expect(result.tasks.find(({ task }) => task === 'project-contracts')).to.include({ read: 1, updated: 1 });
    const again = await site.run('--only', String(one?.['salesorderid']));
    expect(totalsOf(again)).to.include({ read: 1, unchanged: 1 });
    const rest = await site.run();
    expect(rest.tasks.find(({ task }) => task === 'project-contracts')?.updated).to.equal(1);
  });

  it('that does not exist is a failure, with one clear error', async () => {
    const ended = await site.isthmus('run', '--only', 'ORD-77777');
    expect(ended.status).to.equal(1);
    expect(ended.stderr).to.match(/RECORD_UNKNOWN: .*ORD-77777/);
  });

  it('can be chosen by template', async () => {
    expect((await site.run('--template', 'projects-and-contracts')).status).to.equal('warning');
    expect((await site.isthmus('run', '--template', 'no-such')).status).to.equal(2);
  });
});
