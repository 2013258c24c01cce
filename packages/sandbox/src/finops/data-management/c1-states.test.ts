import { expect } from 'chai';
import type { Json, SandboxClient } from '../../client.test.support.js';
import { startWithCompanies } from '../world.test.support.js';
import type { Trouble } from './import/index.js';
import {
  act,
  COLUMNS,
  contractsOf,
  CONTRACTS,
  errorsOf,
  EXPORT_ORDER,
  exportProject,
  importOf,
  jobsOf,
  packageOf,
  row,
  statusOf,
  type PackageParts,
} from './package.test.support.js';

/** How each entity's target stood, as OData shows it, as the list of statuses does, and how the execution did. */
interface Glance {
  readonly table: Record<string, string>;
  readonly list: Record<string, string>;
  readonly status: string;
}

const byEntity = (rows: readonly Json[]): Record<string, string> =>
  Object.fromEntries(rows.map(({ EntityName, TargetStatus }) => [EntityName, TargetStatus]));

async function glance(client: SandboxClient, executionId: string): Promise<Glance> {
  const ask = async (name: string) => (await act(client, name, { executionId })).json.value;
  return {
    status: await ask('GetExecutionSummaryStatus'),
    table: byEntity(await jobsOf(client, executionId)),
    list: byEntity(JSON.parse(await ask('GetEntityExecutionSummaryStatusList'))),
  };
}

/** Looks until the execution has come to its end. */
async function watch(client: SandboxClient, executionId: string): Promise<Glance[]> {
  const glances = [await glance(client, executionId)];
  while (glances.at(-1)?.status === 'Executing') glances.push(await glance(client, executionId));
  return glances;
}

const once = (states: readonly (string | undefined)[]) => states.filter((state, at) => state !== states[at - 1]);

describe('protocols C1: the states of an execution and of its steps', () => {
  const within = async (
    packageTroubles: readonly Trouble[],
    work: (client: SandboxClient) => Promise<void>,
    packageDelayMs = 250,
  ): Promise<void> => {
    const client = await startWithCompanies({ finops: { packageTroubles, packageDelayMs } });
    try {
      await work(client);
    } finally {
      await client.sandbox.stop();
    }
  };
  const imported = async (client: SandboxClient, parts: PackageParts = {}): Promise<string> =>
    (await importOf(client, packageOf(COLUMNS, [row('C-1')], parts))).json.value;

  const passages: readonly [what: string, trouble: Trouble, states: readonly string[], end: string][] = [
    ['Waiting: while F&O waits to try again', 'DMF1968', ['Waiting', 'Finished'], 'Succeeded'],
    ['Waiting: while F&O waits to try again', 'DMF1995', ['Waiting', 'Finished'], 'Succeeded'],
    ['Waiting: while F&O waits to try again', 'DMF2028', ['Waiting', 'Finished'], 'Succeeded'],
    ['Error: at once, by a deadlock', 'DMF1996', ['Error'], 'Failed'],
    ['Hold, then Ready: while somebody holds it back', 'hold', ['Hold', 'Ready', 'Finished'], 'Succeeded'],
    ['Cancelling, then Canceled: where somebody stops it', 'cancel', ['Cancelling', 'Canceled'], 'Canceled'],
  ];
  for (const [what, trouble, states, end] of passages) {
    it(`C1: ${what} (${trouble})`, () =>
      within([trouble], async (client) => {
        const executionId = await imported(client);
        const glances = await watch(client, executionId);
        for (const shown of ['table', 'list'] as const) {
          const seen = once(glances.map((each) => each[shown][CONTRACTS])).filter((state) => state !== 'Executing');
          expect(seen, shown).to.deep.equal(['NotStarted', ...states]);
        }
        expect(glances.at(-1)?.status).to.equal(end);
        const codes = (await errorsOf(client, executionId)).map(({ ErrorMessage }) => ErrorMessage.slice(0, 7));
        expect(codes).to.deep.equal(end === 'Failed' ? [trouble] : []);
        expect(await contractsOf(client)).to.have.length(end === 'Succeeded' ? 1 : 0);
      }));
  }

  it('C1: Error: a deadlock is no fault of rows: there is no file with their keys, and F&O says so (DMF1996)', () =>
    within(['DMF1996'], async (client) => {
      const executionId = await imported(client);
      await statusOf(client, executionId);
      const about = { executionId, entityName: CONTRACTS };
      expect((await act(client, 'GenerateImportTargetErrorKeysFile', about)).json.value).to.equal(false);
      for (let asked = 0; asked < 2; asked++)
        expect((await act(client, 'GetImportTargetErrorKeysFileUrl', about)).json.value).to.equal('');
    }));

  it('C1: Canceled: what has been written by then stays, and nothing else is', () =>
    within(['hold', 'cancel'], async (client) => {
      const second = { level: 2, codes: ['GBP'] };
      const last = (await watch(client, await imported(client, { second }))).at(-1);
      expect(last?.status).to.equal('Canceled');
      expect(last?.table).to.deep.equal({ [CONTRACTS]: 'Finished', Currencies: 'Canceled' });
      expect(await contractsOf(client)).to.have.length(1);
      expect((await client.finops('GET', "Currencies('GBP')")).status).to.equal(404);
    }));

  it('C1: Canceled: entities whose turn had not come are so as well', () =>
    within(['cancel'], async (client) => {
      const second = { level: 2, codes: ['GBP'] };
      const last = (await watch(client, await imported(client, { second }))).at(-1);
      expect(last?.table).to.deep.equal({ [CONTRACTS]: 'Canceled', Currencies: 'Canceled' });
    }));

  it('C1: Executing: OData shows it, and the rows so far, while rows are written', () =>
    within(
      [],
      async (client) => {
        const rows = Array.from({ length: 12_000 }, (_none, index) => row(`C-${index}`));
        const { json } = await importOf(client, packageOf(COLUMNS, rows), { asynchronous: true });
        const seen: Json[] = [];
        while (seen.at(-1)?.TargetStatus !== 'Finished') seen.push(...(await jobsOf(client, json.value)));
        const during = seen.filter(({ TargetStatus }) => TargetStatus === 'Executing');
        expect(during).not.to.deep.equal([]);
        for (const { TargetRecordsCreatedCount } of during) expect(TargetRecordsCreatedCount).to.be.below(12_000);
      },
      0,
    ));

  it('C1: Executing: an export is so until its package is built', () =>
    within([], async (client) => {
      await exportProject(client, 'FullPush');
      await act(client, 'ExportToPackage', { ...EXPORT_ORDER, executionId: 'out' });
      const glances = await watch(client, 'out');
      expect(once(glances.map(({ table }) => table[CONTRACTS]))).to.deep.equal(['Executing', 'Finished']);
    }));

  it('C2: execution units run in parallel: a second one ends while the first is held up', () =>
    within(['DMF1968'], async (client) => {
      const glances = await watch(client, await imported(client, { second: { unit: 2, level: 1, codes: ['GBP'] } }));
      expect(glances.map(({ table }) => table)).to.deep.include({ [CONTRACTS]: 'Waiting', Currencies: 'Finished' });
    }));

  it('C2: within a unit, a level does not begin while the one before it is held up', () =>
    within(['DMF1968'], async (client) => {
      const glances = await watch(client, await imported(client, { second: { level: 2, codes: ['GBP'] } }));
      const held = glances.filter(({ table }) => table[CONTRACTS] === 'Waiting');
      expect(once(held.map(({ table }) => table['Currencies']))).to.deep.equal(['NotStarted']);
    }));

  it('C1: history can be deleted, and its rows with it; not that of an execution under way', () =>
    within([], async (client) => {
      const executionId = await imported(client);
      const deleted = async () => (await act(client, 'DeleteExecutionHistoryJob', { executionId })).json.value;
      expect(await deleted(), 'under way').to.equal(false);
      expect(await statusOf(client, executionId)).to.equal('Succeeded');
      expect(await jobsOf(client, executionId)).to.have.length(1);
      expect(await deleted()).to.equal(true);
      expect(await jobsOf(client, executionId)).to.deep.equal([]);
      expect((await act(client, 'GetExecutionSummaryStatus', { executionId })).status).to.equal(400);
      expect(await deleted(), 'again').to.equal(false);
    }));
});

describe('protocols C1: the switch for executions that there is no record of', () => {
  it('C1: Unknown: their status says so instead of 400, before they are known and once they are deleted', async () => {
    const client = await startWithCompanies({ finops: { missingExecution: 'Unknown', packageUnknownFor: 2 } });
    try {
      const { json } = await importOf(client, packageOf(COLUMNS, [row('C-1')]), { executionId: 'mine' });
      const ask = async () => (await act(client, 'GetExecutionSummaryStatus', { executionId: json.value })).json.value;
      expect([await ask(), await ask()]).to.deep.equal(['Unknown', 'Unknown']);
      while ((await ask()) === 'Executing');
      expect(await ask()).to.equal('Succeeded');
      await act(client, 'DeleteExecutionHistoryJob', { executionId: 'mine' });
      expect(await ask()).to.equal('Unknown');
    } finally {
      await client.sandbox.stop();
    }
  });
});
