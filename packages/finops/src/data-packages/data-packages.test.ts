import {
  EventBus,
  systemClock,
  type Clock,
  type Connector,
  type WriteOperation,
  type WriteOutcome,
} from '@isthmus/core';
import { startSandbox, type LoggedRequest, type RunningSandbox, type SandboxOptions } from '@isthmus/sandbox';
import { expect } from 'chai';
import { finopsConnector, FinopsOptions } from '../index.js';
import { failureOf, plan, requestsOf } from '../sandbox.test.fixture.js';
import { DataPackageOptions } from './index.js';

const entity = 'ProjCDSProjectContractEntity';
const ROWS = 40;

const contract = (id: string, more: WriteOperation['fields'] = {}): WriteOperation => ({
  kind: 'create',
  legalEntity: 'USMF',
  key: { ProjectContractID: id },
  fields: {
    ProjectContractID: id,
    Name: `Contract, "${id}"`,
    CurrencyCode: 'USD',
    ExchangeRate: '1.2345678901',
    AddressValidFrom: '2026-03-01T08:15:00Z',
    ...more,
  },
});
const contracts = (prefix: string, count = ROWS): WriteOperation[] =>
  Array.from({ length: count }, (_none, i) => contract(`${prefix}-${i}`));

/** Waits a hundredth of the time that it is asked to, and believes that it was all. */
function hasty(): Clock {
  let skipped = 0;
  return {
    now: () => systemClock.now() + skipped,
    sleep: async (ms, signal) => {
      await systemClock.sleep(ms / 100, signal);
      skipped += ms * 0.99;
    },
  };
}

const actionOf = ({ url }: LoggedRequest): string => /Entities\.(\w+)$/.exec(url)?.[1] ?? '';

describe('Creating rows in data packages', () => {
  let sandbox: RunningSandbox;
  let notices: string[];
  let fno: Connector;

  const connect = (more: Partial<DataPackageOptions> = {}, clock: Clock = systemClock): Connector => {
    const { finops, token, clientId, clientSecret } = sandbox;
    const dataPackages = Object.assign(new DataPackageOptions(), { fromRows: 100, rows: ROWS, ...more });
    const given = { url: finops.url, tokenUrl: token.url, clientId, clientSecret, dataPackages };
    const events = new EventBus();
    events.on('notice', ({ message }) => notices.push(message));
    const options = Object.assign(new FinopsOptions(), given);
    return finopsConnector.create({ name: 'fno', options }, { events, clock });
  };
  const start = async (options: SandboxOptions = {}): Promise<void> => {
    sandbox = await startSandbox(options);
    fno = connect();
    await requestsOf(sandbox);
  };
  const write = (operations: readonly WriteOperation[]): Promise<WriteOutcome[]> => fno.write({ entity, operations });
  /** Without emptying the log: what is asked while it is read must not get lost. */
  const asked = async (): Promise<string[]> => {
    const log = await (await fetch(`${sandbox.finops.url}/sandbox/log`)).json();
    return (log as LoggedRequest[]).map(actionOf);
  };
  const actions = async (): Promise<string[]> => (await requestsOf(sandbox)).map(actionOf).filter(Boolean);
  const stored = (ids: readonly string[], fields: readonly string[]) =>
    fno.find({ entity, key: ['ProjectContractID'], values: ids.map((id) => [id]), fields, legalEntity: 'usmf' });
  const allOk = (outcomes: readonly WriteOutcome[]) => outcomes.every(({ ok }) => ok);

  beforeEach(() => {
    notices = [];
  });
  afterEach(async () => {
    await fno.close();
    await sandbox.stop();
  });

  it('asks the engine for large batches only where a task has many rows of an entity that packages know', async () => {
    await start();
    expect(fno.batchFor?.(entity, 100)).to.equal(ROWS);
    expect(fno.batchFor?.(entity, 99)).to.equal(undefined);
    expect(fno.batchFor?.('CustomersV3', 100)).to.equal(undefined);
  });

  it('brings every value through, digit by digit and comma by comma', async () => {
    await start();
    expect(allOk(await write(contracts('P')))).to.equal(true);
    const row = (await stored(['P-7'], ['Name', 'ExchangeRate', 'AddressValidFrom'])).get('p-7');
    expect(row).to.include({ Name: 'Contract, "P-7"', ExchangeRate: '1.2345678901' });
    expect(row?.['AddressValidFrom']).to.equal('2026-03-01T08:15:00Z');
  });

  it('says which way the rows go, and sends no row singly', async () => {
    await start();
    await write(contracts('P'));
    expect(notices).to.have.length(1);
    expect(notices[0]).to.match(/^40 rows of ProjCDSProjectContractEntity go in a data package \(execution isthmus-/);
    const log = await requestsOf(sandbox);
    expect(log.filter(({ url }) => url.includes('$batch'))).to.deep.equal([]);
    expect(log.map(actionOf).filter((name) => name.startsWith('ImportFromPackage'))).to.have.length(1);
  });

  it('writes singly what is too little for a package, and what is no creation', async () => {
    await start();
    await write(contracts('P'));
    await requestsOf(sandbox);
    const update: WriteOperation = { ...contract('P-1'), kind: 'update', fields: { Name: 'Renamed' } };
    expect(allOk(await write([...contracts('Q', 3), update]))).to.equal(true);
    expect(await actions()).to.deep.equal([]);
    expect((await stored(['P-1'], ['Name'])).get('p-1')).to.include({ Name: 'Renamed' });
  });

  it('gives every refused row the reason of its own, and the others their success', async () => {
    await start();
    const operations = contracts('P');
    operations[3] = contract('P-3', { CustomerAccount: 'NOBODY' });
    operations[9] = contract('P-9', { CurrencyCode: 'XXX' });
    const outcomes = await write(operations);
    const refused = outcomes.flatMap((outcome, i) => (outcome.ok ? [] : [[i, outcome.error.message]]));
    expect(refused.map(([i]) => i)).to.deep.equal([3, 9]);
    expect(String(refused[0]?.[1])).to.contain("'NOBODY'");
    expect(String(refused[1]?.[1])).to.contain("'XXX'");
    expect((await stored(['P-8', 'P-3'], [])).size).to.equal(1);
  });

  describe('where the storage of packages is disturbed', () => {
    /** Rows 3 and 9 are refused. */
    const twoWrong = (): WriteOperation[] => {
      const operations = contracts('P');
      operations[3] = contract('P-3', { CustomerAccount: 'NOBODY' });
      operations[9] = contract('P-9', { CurrencyCode: 'XXX' });
      return operations;
    };
    const refusedIn = (outcomes: readonly WriteOutcome[]): number[] =>
      outcomes.flatMap(({ ok }, index) => (ok ? [] : index));

    beforeEach(async () => {
      await start();
      await fno.close();
      fno = connect({}, hasty());
      await fno.describe([entity]);
    });

    for (const fault of [
      { kind: 'status', status: 503 },
      { kind: 'status', status: 429, retryAfter: 1 },
      { kind: 'drop-before' },
      { kind: 'drop-after' },
      { kind: 'torn' },
      { kind: 'half' },
    ] as const) {
      const what = `${fault.kind} ${'status' in fault ? fault.status : ''}`.trim();

      it(`gives every row its own outcome all the same: ${what} over the file that names those that were refused`, async () => {
        await plan(sandbox, { ...fault, method: 'GET', set: 'dmf', times: 1 });
        expect(refusedIn(await write(twoWrong()))).to.deep.equal([3, 9]);
      });

      it(`uploads again: ${what}`, async () => {
        await plan(sandbox, { ...fault, method: 'PUT', set: 'dmf', times: 1 });
        expect(allOk(await write(contracts('P')))).to.equal(true);
        expect((await actions()).filter((name) => name === 'ImportFromPackage')).to.have.length(1);
      });
    }

    for (const fault of [{ kind: 'status', status: 500 }, { kind: 'torn' }] as const) {
      it(`leaves it open what became of the rows where that file cannot be had: ${fault.kind}`, async () => {
        await plan(sandbox, { ...fault, method: 'GET', set: 'dmf' });
        const failure = await failureOf(write(twoWrong()));
        expect(failure).to.include({ code: 'FINOPS_PACKAGE_DOWNLOAD', recovery: 'retry' });
      });
    }

    it('calls no row delivered that was not, where that file names too few', async () => {
      await plan(sandbox, { kind: 'half', method: 'GET', set: 'dmf' });
      const outcomes = await write(twoWrong());
      expect(refusedIn(outcomes)).to.include.members([3, 9]);
    });
  });

  it('waits for an import that takes its time', async () => {
    await start({ finops: { packageDelayMs: 700 } });
    expect(allOk(await write(contracts('P')))).to.equal(true);
    expect((await actions()).filter((name) => name === 'GetExecutionSummaryStatus').length).to.be.above(1);
  });

  it('asks again while the service does not know the import yet', async () => {
    await start({ finops: { packageUnknownFor: 2 } });
    expect(allOk(await write(contracts('P')))).to.equal(true);
    expect((await actions()).filter((name) => name === 'GetExecutionSummaryStatus').length).to.be.above(2);
    expect((await stored(['P-1', 'P-39'], [])).size).to.equal(2);
  });

  it('reads answers that hold their value once more, as some versions of the service give them', async () => {
    await start({ finops: { nestedValues: 'always' } });
    const operations = contracts('P');
    operations[3] = contract('P-3', { CustomerAccount: 'NOBODY' });
    expect((await write(operations)).flatMap(({ ok }, index) => (ok ? [] : index))).to.deep.equal([3]);
  });

  it('waits for an import that somebody holds back', async () => {
    await start({ finops: { packageTroubles: ['hold'], packageDelayMs: 200 } });
    expect(allOk(await write(contracts('P')))).to.equal(true);
  });

  for (const [what, trouble, reason] of [
    ['that somebody has canceled', 'cancel', 'it was canceled.'],
    ['that ended in a deadlock', 'DMF1996', 'DMF1996: '],
  ] as const) {
    it(`calls no row delivered of an import ${what}, and nothing wrong with the package: it can be sent again`, async () => {
      await start({ finops: { packageTroubles: [trouble] } });
      const failure = await failureOf(write(contracts('P')));
      expect(failure).to.include({ code: 'FINOPS_PACKAGE_STOPPED', recovery: 'retry' });
      expect(String(failure)).to.contain(reason);
      expect((await stored(['P-1', 'P-39'], [])).size).to.equal(0);
      expect(allOk(await write(contracts('P')))).to.equal(true);
    });
  }

  it('does not send a package again whose answer was lost: it asks what became of it', async () => {
    await start();
    await fno.describe([entity]);
    await plan(sandbox, {
      kind: 'drop-after',
      method: 'POST',
      set: 'DataManagementDefinitionGroups',
      times: 1,
      row: 'ImportFromPackage',
    });
    expect(allOk(await write(contracts('P')))).to.equal(true);
    expect((await actions()).filter((name) => name === 'ImportFromPackage')).to.have.length(1);
  });

  /** The service fails over the package, and the connection does not wait long to hear of it again. */
  const failedHandOver = async () => {
    await fno.close();
    fno = connect({}, hasty());
    await fno.describe([entity]);
    const handOver = { method: 'POST', set: 'DataManagementDefinitionGroups', row: 'ImportFromPackage' };
    await plan(sandbox, { ...handOver, kind: 'status', status: 500, times: 1 });
    return write(contracts('P'));
  };

  it('asks the same where the service fails over the package, and leaves it open what became of the rows', async () => {
    await start();
    expect(await failureOf(failedHandOver())).to.include({ code: 'FINOPS_PACKAGE_LOST', recovery: 'retry' });
    expect((await actions()).filter((name) => name === 'ImportFromPackage')).to.have.length(1);
  });

  it('takes the status Unknown for an import that the service has never heard of, as it takes a refusal', async () => {
    await start({ finops: { missingExecution: 'Unknown' } });
    expect(await failureOf(failedHandOver())).to.include({ code: 'FINOPS_PACKAGE_LOST', recovery: 'retry' });
  });

  for (const [what, wrong, arriving] of [
    ['that was left under way', {}, ROWS],
    ['that was left under way, also where a cell of it could not be read', { ExchangeRate: 'much' }, ROWS - 1],
  ] as const) {
    it(`after a crash waits for the import ${what}, before it looks at any row`, async () => {
      await start({ finops: { packageDelayMs: 900 } });
      const killed = connect();
      const operations = [contract('P-0', wrong), ...contracts('P').slice(1)];
      void killed.write({ entity, operations }).catch(() => undefined);
      while (!(await asked()).includes('ImportFromPackage')) await systemClock.sleep(20);
      const found = await stored(
        operations.map(({ key }) => String(key['ProjectContractID'])),
        [],
      );
      expect(found.size).to.equal(arriving);
      expect(notices.some((notice) => notice.includes('still under way'))).to.equal(true);
      await killed.close();
    });
  }

  describe('where the status of an import stays unknown for longer than anybody waits', () => {
    const startUnknowing = async (options: SandboxOptions['finops'] = {}): Promise<void> => {
      await start({ finops: { packageUnknownFor: 1_000_000, ...options } });
      await fno.close();
      fno = connect({}, hasty());
      await fno.describe([entity]);
    };
    const imports = async (): Promise<number> =>
      (await actions()).filter((name) => name === 'ImportFromPackage').length;

    for (const missingExecution of ['refused', 'Unknown'] as const) {
      it(`believes the list of executions, and sends no package twice (${missingExecution})`, async () => {
        await startUnknowing({ missingExecution });
        expect(allOk(await write(contracts('P')))).to.equal(true);
        expect((await stored(['P-1', 'P-39'], [])).size).to.equal(2);
        expect(await imports()).to.equal(1);
      });
    }

    it('goes on waiting for what that list shows to be under way', async () => {
      await startUnknowing({ packageDelayMs: 2_000 });
      expect(allOk(await write(contracts('P')))).to.equal(true);
      expect(await imports()).to.equal(1);
    });

    it('gives every refused row its own outcome once the service tells of them', async () => {
      await startUnknowing({ packageUnknownFor: 11 });
      const operations = [contract('P-0', { CurrencyCode: 'XXX' }), ...contracts('P').slice(1)];
      expect((await write(operations)).map(({ ok }) => ok)).to.deep.equal(operations.map((_row, index) => index > 0));
      expect(await imports()).to.equal(1);
    });

    it('leaves it open which rows were refused where the service never tells', async () => {
      await startUnknowing();
      const outcomes = await write([contract('P-0', { CurrencyCode: 'XXX' }), ...contracts('P').slice(1)]);
      const codes = new Set(outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.error.code)));
      expect([...codes]).to.deep.equal(['FINOPS_PACKAGE_INCOMPLETE']);
      expect(await imports()).to.equal(1);
    });

    it('takes an import that was canceled for canceled', async () => {
      await startUnknowing({ packageTroubles: ['cancel'] });
      expect(await failureOf(write(contracts('P')))).to.include({ code: 'FINOPS_PACKAGE_STOPPED' });
    });

    it('gives up with a clear word where that list shows no end of it', async () => {
      await startUnknowing({ packageDelayMs: 60_000 });
      await fno.close();
      fno = connect({ patience: 2 }, hasty());
      expect(await failureOf(write(contracts('P')))).to.include({ code: 'FINOPS_PACKAGE_UNFINISHED' });
    });
  });

  it('looks again for imports under way where the look was refused: one refusal is not the end of the run', async () => {
    await start();
    await fno.describe([entity]);
    await plan(sandbox, { kind: 'refuse', method: 'GET', set: 'DataManagementExecutionJobDetails', times: 1 });
    expect(await failureOf(stored(['P-1'], []))).to.include({ code: 'ODATA_REFUSED' });
    expect((await stored(['P-1'], [])).size).to.equal(0);
    expect(allOk(await write(contracts('P')))).to.equal(true);
    await requestsOf(sandbox);
    expect((await stored(['P-1'], [])).size).to.equal(1);
    const looks = (await requestsOf(sandbox)).filter(({ url }) => url.includes('DataManagementExecutionJobDetails'));
    expect(looks, 'once it has succeeded it is not done again').to.have.length(0);
  });

  it('gives up with a clear word where an import does not come to an end', async () => {
    await start({ finops: { packageDelayMs: 60_000 } });
    await fno.close();
    fno = connect({ patience: 0.01 });
    const failure = await failureOf(write(contracts('P')));
    expect(failure).to.include({ code: 'FINOPS_PACKAGE_UNFINISHED', recovery: 'fatal' });
  });

  it('looks for imports under way again once a package has failed, before it looks at any row', async () => {
    await start({ finops: { packageDelayMs: 1_000 } });
    expect((await stored(['P-1'], [])).size).to.equal(0);
    const question = { method: 'POST', set: 'DataManagementDefinitionGroups', row: 'GetExecutionSummaryStatus' };
    await plan(sandbox, { ...question, kind: 'status', status: 403, times: 1 });
    expect(await failureOf(write(contracts('P')))).to.be.instanceOf(Error);
    expect((await stored(['P-1', 'P-39'], [])).size).to.equal(2);
  });

  it('looks for imports under way again where it could not look', async () => {
    await start();
    await fno.describe([entity]);
    await plan(sandbox, {
      kind: 'status',
      status: 403,
      method: 'GET',
      set: 'DataManagementExecutionJobDetails',
      times: 1,
    });
    expect(await failureOf(stored(['P-1'], []))).to.be.instanceOf(Error);
    expect((await stored(['P-1'], [])).size).to.equal(0);
  });

  it('trusts no success without the rows: a label that leads nowhere is told', async () => {
    await start();
    await fno.close();
    fno = connect({ labels: { [entity]: 'No such label' } });
    const failure = await failureOf(write(contracts('P')));
    expect(String(failure)).to.contain('Entity No such label does not exist in the target environment.');
  });
});
