import { expect } from 'chai';
import { type Json, type SandboxClient } from '../../client.test.support.js';
import { infolog, mustCreate, startWithCompanies, LINE } from '../world.test.support.js';
import {
  act,
  COLUMNS,
  contractsOf,
  CONTRACTS,
  errorsOf,
  importOf,
  keysFileOf,
  packageOf,
  row,
  statusOf,
  type PackageParts,
} from './package.test.support.js';

describe('protocols C1: imports', () => {
  let client: SandboxClient;

  beforeEach(async () => {
    client = await startWithCompanies();
  });
  afterEach(() => client.sandbox.stop());

  describe('an import', () => {
    it('C1: creates and updates by the entity key, and counts both', async () => {
      const first = await importOf(client, packageOf(COLUMNS, [row('C-1'), row('C-2')]));
      expect(await statusOf(client, first.json.value)).to.equal('Succeeded');
      const second = await importOf(client, packageOf(COLUMNS, [row('C-2', 'Renamed'), row('C-3')]));
      expect(await statusOf(client, second.json.value)).to.equal('Succeeded');
      expect((await contractsOf(client)).map(({ ProjectContractID, Name }) => [ProjectContractID, Name])).to.deep.equal(
        [
          ['C-1', 'Contract'],
          ['C-2', 'Renamed'],
          ['C-3', 'Contract'],
        ],
      );
      const filter = `$filter=JobId eq '${second.json.value}'`;
      const [job] = (await client.finops('GET', `DataManagementExecutionJobDetails?${filter}`)).json.value;
      expect(job).to.include({
        DefinitionGroupId: 'Contracts',
        EntityName: CONTRACTS,
        StagingStatus: 'Finished',
        TargetStatus: 'Finished',
        TargetRecordsCreatedCount: 1,
        TargetRecordsUpdatedCount: 1,
      });
    });

    describe('C1: makes the data project out of a name that is not there yet', () => {
      const detailsOf = async (group: string): Promise<Json[]> => {
        const query = `$filter=DefinitionGroupId eq '${group}'`;
        return (await client.finops('GET', `DataManagementDefinitionGroupDetails?${query}`)).json.value;
      };
      const fresh = (parts: PackageParts) =>
        importOf(client, packageOf(COLUMNS, [row('C-1')], parts), { definitionGroupId: 'Fresh' });

      it('with the description of the manifest, cut to 60 characters', async () => {
        await fresh({ description: 'd'.repeat(59) + 'en' });
        const { json } = await client.finops('GET', "DataManagementDefinitionGroups('Fresh')");
        expect(json).to.include({
          Name: 'Fresh',
          OperationType: 'Import',
          ProjectCategory: 'Integration',
          Description: 'd'.repeat(59) + 'e',
        });
      });

      it('with every entity of the manifest: its format, execution unit, level and sequence', async () => {
        const second = { unit: 3, level: 4, codes: ['GBP'] };
        await fresh({ second, more: { SequenceInLevel: '7', DefaultRefreshType: 'FullPush' } });
        const own = { DefinitionGroupId: 'Fresh', SourceFormat: 'CSV-Unicode' };
        const [contracts, currencies, ...others] = await detailsOf('Fresh');
        expect(contracts).to.include({
          ...own,
          EntityName: CONTRACTS,
          DefaultRefreshType: 'FullPush',
          ExecutionUnit: 1,
          LevelInExecutionUnit: 1,
          SequenceInLevel: 7,
        });
        expect(currencies).to.include({
          ...own,
          EntityName: 'Currencies',
          ExecutionUnit: 3,
          LevelInExecutionUnit: 4,
          SequenceInLevel: 2,
        });
        expect(others).to.deep.equal([]);
      });

      it('and leaves one that is there as it is', async () => {
        await mustCreate(client, 'DataManagementDefinitionGroups', { Name: 'Fresh', OperationType: 'Import' });
        await fresh({ description: 'Another' });
        expect((await client.finops('GET', "DataManagementDefinitionGroups('Fresh')")).json.Description).to.equal('');
        expect(await detailsOf('Fresh')).to.deep.equal([]);
      });
    });

    it('C1: brings the rows to the legal entity that it names', async () => {
      const terms = packageOf(['NAME'], [['Net60']], { entityName: 'Terms of payment' });
      const { json } = await importOf(client, terms, { legalEntityId: 'USSI' });
      expect(await statusOf(client, json.value)).to.equal('Succeeded');
      const query = "$filter=Name eq 'Net60'&cross-company=true";
      const rows: Json[] = (await client.finops('GET', `PaymentTerms?${query}`)).json.value;
      expect(rows.map(({ dataAreaId }) => dataAreaId)).to.deep.equal(['ussi']);
    });

    it('C1: has that legal entity as the current one, also for rows that belong to none', async () => {
      const enable = (company: string, IntegrationEnabled: string) =>
        client.finops('PATCH', `ProjCDSParameters(dataAreaId='${company}')?cross-company=true`, {
          body: { IntegrationEnabled },
        });
      for (const [company, enabled] of [
        ['usmf', 'No'],
        ['ussi', 'Yes'],
      ] as const)
        expect((await enable(company, enabled)).status).to.equal(204);
      const roles = {
        Transaction1Role: 'Cost',
        Transaction1Type: 'T',
        Transaction2Role: 'Sales',
        Transaction2Type: 'T',
      };
      const ids = Object.fromEntries(['ConnectionId', 'Transaction1Id', 'Transaction2Id'].map((name) => [name, LINE]));
      const fields = Object.entries({ ...ids, ...roles });
      const relationships = packageOf(
        fields.map(([name]) => name.toUpperCase()),
        [fields.map(([, value]) => value)],
        { entityName: 'Integration entity for project transaction relationships' },
      );
      const { json } = await importOf(client, relationships, { legalEntityId: 'USSI' });
      expect(await statusOf(client, json.value)).to.equal('Succeeded');
      const second = await importOf(client, relationships, { legalEntityId: 'USMF' });
      await statusOf(client, second.json.value);
      expect((await errorsOf(client, second.json.value))[0].ErrorMessage).to.contain(
        "not configured in company 'usmf'",
      );
    });

    it('C1: takes the execution id that it is given, and makes one for an empty one', async () => {
      const given = await importOf(client, packageOf(COLUMNS, [row('C-1')]), { executionId: 'mine' });
      expect(given.json.value).to.equal('mine');
      await statusOf(client, 'mine');
      const made = await importOf(client, packageOf(COLUMNS, [row('C-1')]));
      expect(made.json.value).to.match(/^Contracts-/);
    });

    it('C1: never takes an execution id twice', async () => {
      await importOf(client, packageOf(COLUMNS, [row('C-1')]), { executionId: 'once' });
      await statusOf(client, 'once');
      const again = await importOf(client, packageOf(COLUMNS, [row('C-2')]), { executionId: 'once' });
      expect(again.status).to.equal(400);
      expect(await contractsOf(client)).to.have.length(1);
    });

    it('C1: is not known at once where it was only queued: 400 "were not found", then its status', async () => {
      const queued = await importOf(client, packageOf(COLUMNS, [row('C-1')]), { asynchronous: true });
      const early = await act(client, 'GetExecutionSummaryStatus', { executionId: queued.json.value });
      expect(early.status).to.equal(400);
      expect(infolog(early)).to.contain('were not found');
      expect(await statusOf(client, queued.json.value)).to.equal('Succeeded');
    });

    it('C1: is PartiallySucceeded where some rows are refused, and says which and why', async () => {
      const rows = [row('C-1'), row('C-2', 'Contract', 'NOBODY'), row('C-3')];
      const { json } = await importOf(client, packageOf(COLUMNS, rows));
      expect(await statusOf(client, json.value)).to.equal('PartiallySucceeded');
      const [error, ...others] = await errorsOf(client, json.value);
      expect(others).to.deep.equal([]);
      expect(error.ErrorMessage).to.contain("The value 'NOBODY' in field 'Customer account' is not found");
      const parameters = { executionId: json.value, entityName: CONTRACTS };
      expect(await keysFileOf(client, json.value, CONTRACTS)).to.equal('DATAAREAID,PROJECTCONTRACTID\r\nusmf,C-2\r\n');
      expect((await act(client, 'GetImportStagingErrorFileUrl', parameters)).json.value).to.equal('');
    });

    it('C1: is Failed where none got through', async () => {
      const { json } = await importOf(client, packageOf(COLUMNS, [row('C-1', 'Contract', 'NOBODY')]));
      expect(await statusOf(client, json.value)).to.equal('Failed');
    });

    it('C1: has no errors to tell where there are none: "[]"', async () => {
      const { json } = await importOf(client, packageOf(COLUMNS, [row('C-1')]));
      await statusOf(client, json.value);
      expect((await act(client, 'GetExecutionErrors', { executionId: json.value })).json.value).to.equal('[]');
    });

    it('C1: stops behind the staging tables unless it is to execute', async () => {
      const { json } = await importOf(client, packageOf(COLUMNS, [row('C-1')]), { execute: false });
      expect(await statusOf(client, json.value)).to.equal('NotRun');
      expect(await contractsOf(client)).to.deep.equal([]);
    });

    it('C1: refuses a second one of the same project beside it: DMF2025', async () => {
      const [one, other] = await Promise.all([
        importOf(client, packageOf(COLUMNS, [row('C-1')])),
        importOf(client, packageOf(COLUMNS, [row('C-2')])),
      ]);
      expect([one.status, other.status].sort()).to.deep.equal([200, 400]);
      expect(infolog(one.status === 400 ? one : other)).to.contain('DMF2025');
    });

    it('C1: a project may be made before, with a description of 60 characters at most', async () => {
      const project = {
        Name: 'Made',
        OperationType: 'Import',
        ProjectCategory: 'Integration',
        GenerateDataPackage: 'No',
      };
      const groups = 'DataManagementDefinitionGroups';
      const long = await client.finops('POST', groups, { body: { ...project, Description: 'd'.repeat(61) } });
      expect(long.status).to.equal(400);
      await mustCreate(client, groups, { ...project, Description: 'd'.repeat(60) });
      const { json } = await importOf(client, packageOf(COLUMNS, [row('C-1')]), { definitionGroupId: 'Made' });
      expect(await statusOf(client, json.value)).to.equal('Succeeded');
      const jobs = `DataManagementExecutionJobDetails?$filter=DefinitionGroupId eq 'Made'`;
      expect((await client.finops('GET', jobs)).json.value.map(({ JobId }: Json) => JobId)).to.deep.equal([json.value]);
    });

    it('C1: overwrite is true where the package holds no composite entity', async () => {
      const answer = await importOf(client, packageOf(COLUMNS, [row('C-1')]), { overwrite: false });
      expect(answer.status).to.equal(400);
    });

    it('C1: an action that is not documented leads nowhere', async () => {
      const answer = await act(client, 'ImportFromParcel', {});
      expect(answer.status).to.equal(404);
      expect(answer.json.Message).to.contain('No HTTP resource was found');
    });

    it('C1: what became of each entity is a list; where people read it, a page; history can be deleted', async () => {
      const { json } = await importOf(client, packageOf(COLUMNS, [row('C-1')]), { executionId: 'mine' });
      const about = { executionId: json.value };
      await statusOf(client, 'mine');
      const list = JSON.parse((await act(client, 'GetEntityExecutionSummaryStatusList', about)).json.value);
      expect(list).to.deep.equal([{ EntityName: CONTRACTS, StagingStatus: 'Finished', TargetStatus: 'Finished' }]);
      expect((await act(client, 'GetExecutionSummaryPageUrl', about)).json.value).to.contain('mine');
      expect((await act(client, 'DeleteExecutionHistoryJob', about)).json.value).to.equal(true);
      expect((await act(client, 'GetExecutionSummaryStatus', about)).status).to.equal(400);
    });
  });
});

describe('protocols C1: the time that an import takes', () => {
  const slowly = (packageDelayMs: number) => startWithCompanies({ finops: { packageDelayMs } });

  it('C1: the synchronous form returns when everything is staged, and not before', async () => {
    const client = await slowly(300);
    try {
      const { json } = await importOf(client, packageOf(COLUMNS, [row('C-1')]));
      expect((await act(client, 'GetExecutionSummaryStatus', { executionId: json.value })).json.value).to.equal(
        'Executing',
      );
      const list = await act(client, 'GetEntityExecutionSummaryStatusList', { executionId: json.value });
      expect(JSON.parse(list.json.value)[0]).to.include({ StagingStatus: 'Finished', TargetStatus: 'NotStarted' });
      expect(await contractsOf(client)).to.deep.equal([]);
      expect(await statusOf(client, json.value)).to.equal('Succeeded');
      expect(await contractsOf(client)).to.have.length(1);
    } finally {
      await client.sandbox.stop();
    }
  });
});

describe('protocols C1: the switches of imports', () => {
  let client: SandboxClient;

  before(async () => {
    client = await startWithCompanies({
      finops: {
        parallelPackageImport: true,
        executionIds: 'timestamp',
        packageUnknownFor: 3,
      },
    });
  });
  after(() => client.sandbox.stop());

  const firstAnswers = async (executionId: string): Promise<number[]> => {
    const answers = [];
    for (let asked = 0; asked < 4; asked++)
      answers.push((await act(client, 'GetExecutionSummaryStatus', { executionId })).status);
    return answers;
  };

  it('imports of one project may overlap', async () => {
    const both = await Promise.all(['C-1', 'C-2'].map((id) => importOf(client, packageOf(COLUMNS, [row(id)]))));
    expect(both.map(({ status }) => status)).to.deep.equal([200, 200]);
  });

  it('an execution id may end with the time', async () => {
    const { json } = await importOf(client, packageOf(COLUMNS, [row('C-3')]));
    expect(json.value).to.match(/^Contracts-\d{4}-\d\d-\d\dT/);
  });

  it('a queued import may stay unknown for longer', async () => {
    const { json } = await importOf(client, packageOf(COLUMNS, [row('C-4')]), { asynchronous: true });
    expect(await firstAnswers(json.value)).to.deep.equal([400, 400, 400, 200]);
  });

  it('so may one that was not queued, where it is asked for', async () => {
    const { json } = await importOf(client, packageOf(COLUMNS, [row('C-5')]));
    expect(await firstAnswers(json.value)).to.deep.equal([400, 400, 400, 200]);
  });
});
