import { expect } from 'chai';
import { zipSync } from 'fflate';
import { tokenFor, type Answer, type Json, type SandboxClient } from '../../client.test.support.js';
import { infolog, mustCreate, startWithCompanies } from '../world.test.support.js';
import { act, CONTRACTS, errorsOf, importOf, packageOf, statusOf, unicode, upload } from './package.test.support.js';
import { readDataFile, readPackage } from './package/index.js';

const COLUMNS = ['PROJECTCONTRACTID', 'NAME', 'CUSTOMERACCOUNT', 'CURRENCYCODE', 'EXCHANGERATE'];
const row = (id: string, name = 'Contract', customer = 'US-001'): string[] => [id, name, customer, 'USD', '1.25'];

describe('The package API of F&O', () => {
  let client: SandboxClient;
  const contracts = async (): Promise<Json[]> =>
    (await client.finops('GET', 'ProjCDSProjectContracts?$select=ProjectContractID,Name,ExchangeRate')).json.value;

  beforeEach(async () => {
    client = await startWithCompanies();
  });
  afterEach(() => client.sandbox.stop());

  describe('C1: an import', () => {
    it('creates and updates by the entity key, and counts both', async () => {
      const first = await importOf(client, packageOf(COLUMNS, [row('C-1'), row('C-2')]));
      expect(await statusOf(client, first.json.value)).to.equal('Succeeded');
      const second = await importOf(client, packageOf(COLUMNS, [row('C-2', 'Renamed'), row('C-3')]));
      expect(await statusOf(client, second.json.value)).to.equal('Succeeded');
      expect((await contracts()).map(({ ProjectContractID, Name }) => [ProjectContractID, Name])).to.deep.equal([
        ['C-1', 'Contract'],
        ['C-2', 'Renamed'],
        ['C-3', 'Contract'],
      ]);
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

    it('gives the write URL as JSON inside of a text', async () => {
      const { json } = await act(client, 'GetAzureWriteUrl', { uniqueFileName: 'a.zip' });
      expect(JSON.parse(json.value)).to.have.all.keys('BlobId', 'BlobUrl');
      expect(JSON.parse(json.value).BlobId).to.match(/^\{[0-9A-F-]{36}\}$/);
    });

    it('makes the data project out of a name that is not there yet', async () => {
      await importOf(client, packageOf(COLUMNS, [row('C-1')]), { definitionGroupId: 'Fresh' });
      const { json } = await client.finops('GET', "DataManagementDefinitionGroups('Fresh')");
      expect(json).to.include({ Name: 'Fresh', OperationType: 'Import' });
    });

    it('takes the execution id that it is given, and makes one for an empty one', async () => {
      const given = await importOf(client, packageOf(COLUMNS, [row('C-1')]), { executionId: 'mine' });
      expect(given.json.value).to.equal('mine');
      await statusOf(client, 'mine');
      const made = await importOf(client, packageOf(COLUMNS, [row('C-1')]));
      expect(made.json.value).to.match(/^Contracts-/);
    });

    it('never takes an execution id twice', async () => {
      await importOf(client, packageOf(COLUMNS, [row('C-1')]), { executionId: 'once' });
      await statusOf(client, 'once');
      const again = await importOf(client, packageOf(COLUMNS, [row('C-2')]), { executionId: 'once' });
      expect(again.status).to.equal(400);
      expect(await contracts()).to.have.length(1);
    });

    it('is not known at once where it was only queued: 400 "were not found", then its status', async () => {
      const queued = await importOf(client, packageOf(COLUMNS, [row('C-1')]), { asynchronous: true });
      const early = await act(client, 'GetExecutionSummaryStatus', { executionId: queued.json.value });
      expect(early.status).to.equal(400);
      expect(infolog(early)).to.contain('were not found');
      expect(await statusOf(client, queued.json.value)).to.equal('Succeeded');
    });

    it('is PartiallySucceeded where some rows are refused, and says which and why', async () => {
      const rows = [row('C-1'), row('C-2', 'Contract', 'NOBODY'), row('C-3')];
      const { json } = await importOf(client, packageOf(COLUMNS, rows));
      expect(await statusOf(client, json.value)).to.equal('PartiallySucceeded');
      const [error, ...others] = await errorsOf(client, json.value);
      expect(others).to.deep.equal([]);
      expect(error.ErrorMessage).to.contain("The value 'NOBODY' in field 'Customer account' is not found");
      const parameters = { executionId: json.value, entityName: CONTRACTS };
      expect((await act(client, 'GenerateImportTargetErrorKeysFile', parameters)).json.value).to.equal(true);
      const { value: url } = (await act(client, 'GetImportTargetErrorKeysFileUrl', parameters)).json;
      expect(await (await fetch(url)).text()).to.equal('DATAAREAID,PROJECTCONTRACTID\r\nusmf,C-2\r\n');
      expect((await act(client, 'GetImportStagingErrorFileUrl', parameters)).json.value).to.equal('');
    });

    it('is Failed where none got through', async () => {
      const { json } = await importOf(client, packageOf(COLUMNS, [row('C-1', 'Contract', 'NOBODY')]));
      expect(await statusOf(client, json.value)).to.equal('Failed');
    });

    it('has no errors to tell where there are none: "[]"', async () => {
      const { json } = await importOf(client, packageOf(COLUMNS, [row('C-1')]));
      await statusOf(client, json.value);
      expect((await act(client, 'GetExecutionErrors', { executionId: json.value })).json.value).to.equal('[]');
    });

    it('stops behind the staging tables unless it is to execute', async () => {
      const { json } = await importOf(client, packageOf(COLUMNS, [row('C-1')]), { execute: false });
      expect(await statusOf(client, json.value)).to.equal('NotRun');
      expect(await contracts()).to.deep.equal([]);
    });

    it('refuses a second one of the same project beside it: DMF2025', async () => {
      const [one, other] = await Promise.all([
        importOf(client, packageOf(COLUMNS, [row('C-1')])),
        importOf(client, packageOf(COLUMNS, [row('C-2')])),
      ]);
      expect([one.status, other.status].sort()).to.deep.equal([200, 400]);
      expect(infolog(one.status === 400 ? one : other)).to.contain('DMF2025');
    });
  });

  describe('C1: the blob', () => {
    it('wants the header x-ms-blob-type', async () => {
      const { json } = await act(client, 'GetAzureWriteUrl', { uniqueFileName: 'a.zip' });
      const { status } = await fetch(JSON.parse(json.value).BlobUrl, { method: 'PUT', body: 'x' });
      expect(status).to.equal(400);
    });

    it('is closed to whoever does not have the signature', async () => {
      const url = await upload(client, packageOf(COLUMNS, []));
      expect((await fetch(url.replace(/sig=[^&]*/, 'sig=guessed'))).status).to.equal(403);
      expect((await fetch(url)).status).to.equal(200);
    });
  });

  describe('C2: traps of a package', () => {
    it('without a map of its fields: success, and no row', async () => {
      const { json } = await importOf(client, packageOf(COLUMNS, [row('C-1')], { mapped: [] }));
      expect(await statusOf(client, json.value)).to.equal('Succeeded');
      expect(await contracts()).to.deep.equal([]);
    });

    it('with a name that is not the label of the entity: 400', async () => {
      const answer = await importOf(client, packageOf(COLUMNS, [], { entityName: 'ProjCDSProjectContractEntity' }));
      expect(answer.status).to.equal(400);
      expect(infolog(answer)).to.equal('Entity ProjCDSProjectContractEntity does not exist in the target environment.');
    });

    it('of type CSV-Unicode in another encoding: "Selected file is not Unicode"', async () => {
      const { json } = await importOf(
        client,
        packageOf(COLUMNS, [row('C-1')], { encode: (text) => Buffer.from(text) }),
      );
      expect(await statusOf(client, json.value)).to.equal('Failed');
      expect((await errorsOf(client, json.value))[0].ErrorMessage).to.equal('Selected file is not Unicode');
    });

    it('with lines that end in LF: a mapping that is incorrect', async () => {
      const { json } = await importOf(client, packageOf(COLUMNS, [row('C-1')], { lineEnd: '\n' }));
      expect(await statusOf(client, json.value)).to.equal('Failed');
      const message =
        /^The mapping is incorrect for entity Integration entity for project contract field \{[0-9A-F-]{36}\}\.$/;
      expect((await errorsOf(client, json.value))[0].ErrorMessage).to.match(message);
    });

    it('in another namespace: nothing is found in it', async () => {
      const { json } = await importOf(client, packageOf(COLUMNS, [row('C-1')], { namespace: 'urn:other' }));
      expect(await statusOf(client, json.value)).to.equal('Succeeded');
      expect(await contracts()).to.deep.equal([]);
    });

    it('in UTF-8 and of type CSV: is read as well', async () => {
      const parts = { format: 'CSV', encode: (text: string) => Buffer.from(text) };
      const { json } = await importOf(client, packageOf(COLUMNS, [row('C-1', 'Größe')], parts));
      expect(await statusOf(client, json.value)).to.equal('Succeeded');
      expect((await contracts())[0].Name).to.equal('Größe');
    });
  });

  describe('C2: codes of data management', () => {
    const only = async (columns: string[], rows: string[][], mapped?: string[]): Promise<string> => {
      const { json } = await importOf(client, packageOf(columns, rows, mapped ? { mapped } : {}));
      await statusOf(client, json.value);
      return (await errorsOf(client, json.value)).map(({ ErrorMessage }) => ErrorMessage.slice(0, 7)).join();
    };

    it('DMF1959: the same key twice in a file; the first row is imported', async () => {
      expect(await only(COLUMNS, [row('C-1'), row('C-1', 'Again')])).to.equal('DMF1959');
      expect(await contracts()).to.have.length(1);
    });

    it('DMF1966: a row with more columns than the header', async () => {
      expect(await only(COLUMNS, [[...row('C-1'), 'extra']])).to.equal('DMF1966');
    });

    it('DMF2016 and DMF2018: a value that is no date, or no number', async () => {
      const columns = ['PROJECTCONTRACTID', 'CURRENCYCODE', 'ADDRESSVALIDFROM', 'EXCHANGERATE'];
      expect(
        await only(columns, [
          ['C-1', 'USD', 'tomorrow', '1'],
          ['C-2', 'USD', '', 'much'],
        ]),
      ).to.equal('DMF2016,DMF2018');
    });

    it('DMF2022: a mapped column that the file lacks', async () => {
      expect(await only(COLUMNS.slice(0, 2), [['C-1', 'Contract']], COLUMNS)).to.equal('DMF2022');
    });

    it('lines that did not reach the staging table are in a file of their own', async () => {
      const { json } = await importOf(client, packageOf(COLUMNS, [row('C-1'), row('C-1', 'Again')]));
      await statusOf(client, json.value);
      const parameters = { executionId: json.value, entityName: CONTRACTS };
      const { value: url } = (await act(client, 'GetImportStagingErrorFileUrl', parameters)).json;
      expect(await (await fetch(url)).text()).to.equal(`${COLUMNS.join()}\r\n${row('C-1', 'Again').join()}\r\n`);
    });
  });

  describe('C1: an export', () => {
    const project = async (refresh: string): Promise<void> => {
      await importOf(client, packageOf(COLUMNS, [row('C-1'), row('C-2')]), { executionId: 'seed' });
      await statusOf(client, 'seed');
      await mustCreate(client, 'DataManagementDefinitionGroups', { Name: 'Out', OperationType: 'Export' });
      const detail = { DefinitionGroupId: 'Out', EntityName: CONTRACTS, DefaultRefreshType: refresh };
      await mustCreate(client, 'DataManagementDefinitionGroupDetails', detail);
    };
    const exportOf = async (executionId: string, action = 'ExportToPackage', more: Json = {}): Promise<string[]> => {
      const order = {
        definitionGroupId: 'Out',
        packageName: 'out.zip',
        executionId,
        reExecute: false,
        legalEntityId: 'USMF',
      };
      const { status } = await act(client, action, { ...order, ...more });
      expect(status).to.equal(200);
      expect(await statusOf(client, executionId)).to.equal('Succeeded');
      const { json } = await act(client, 'GetExportedPackageUrl', { executionId });
      return rowsOf(new Uint8Array(await (await fetch(json.value)).arrayBuffer()));
    };
    const rowsOf = (bytes: Uint8Array): string[] => {
      const { manifest, file } = readPackage(bytes);
      const [entity] = manifest.entities;
      return entity ? readDataFile(file(entity.file) ?? new Uint8Array(), entity).rows.map(([id = '']) => id) : [];
    };

    it('gives out a package that an import would take', async () => {
      await project('FullPush');
      expect(await exportOf('one')).to.deep.equal(['C-1', 'C-2']);
      expect(await exportOf('two')).to.deep.equal(['C-1', 'C-2']);
    });

    it('gives out only what has changed since the last run where change tracking is on', async () => {
      await project('Incremental');
      expect(await exportOf('one')).to.deep.equal(['C-1', 'C-2']);
      expect(await exportOf('two')).to.deep.equal([]);
      const path = "ProjCDSProjectContracts(dataAreaId='usmf',ProjectContractID='C-2')";
      await client.finops('PATCH', path, { body: { Name: 'Renamed' } });
      expect(await exportOf('three')).to.deep.equal(['C-2']);
      await act(client, 'ResetVersionToken', { definitionGroupId: 'Out' });
      expect(await exportOf('four')).to.deep.equal(['C-1', 'C-2']);
    });

    it('shows a few rows of a preview', async () => {
      await project('FullPush');
      expect(await exportOf('one', 'ExportToPackagePreview', { count: 1 })).to.deep.equal(['C-1']);
    });

    it('asks for a project that is there', async () => {
      const order = {
        definitionGroupId: 'Nothing',
        packageName: 'a',
        executionId: '',
        reExecute: false,
        legalEntityId: 'USMF',
      };
      expect((await act(client, 'ExportToPackage', order)).status).to.equal(400);
    });

    it('C3: is fetched through a queue: offered once, until it is acknowledged', async () => {
      await project('FullPush');
      const queue = (method: string, verb: string, body?: Json) =>
        client.finops(method, `${client.sandbox.finops.url}/api/connector/${verb}/Out`, body && { body });
      const offered = await queue('GET', 'dequeue');
      expect(offered.json).to.have.all.keys('CorrelationId', 'PopReceipt', 'DownloadLocation');
      expect(rowsOf(new Uint8Array(await (await fetch(offered.json.DownloadLocation)).arrayBuffer()))).to.have.length(
        2,
      );
      expect((await queue('GET', 'dequeue')).status).to.equal(204);
      expect((await queue('POST', 'ack', offered.json)).status).to.equal(200);
      expect((await queue('POST', 'ack', offered.json)).status).to.equal(400);
      expect((await queue('GET', 'dequeue')).status).to.equal(204);
    });
  });

  describe('C2: the order of an import', () => {
    it('a level that fails keeps back what comes behind it in the level, if it is told to', async () => {
      const gate = '<FailLevelOnError>Yes</FailLevelOnError>';
      const bytes = packageOf(COLUMNS, [row('C-1', 'Contract', 'NOBODY')], {
        more: gate,
        second: { level: 1, codes: ['GBP'] },
      });
      const { json } = await importOf(client, bytes);
      expect(await statusOf(client, json.value)).to.equal('Failed');
      const filter = `$filter=JobId eq '${json.value}'`;
      const jobs: Json[] = (await client.finops('GET', `DataManagementExecutionJobDetails?${filter}`)).json.value;
      expect(jobs.map(({ TargetStatus }) => TargetStatus).sort()).to.deep.equal(['Error', 'NotRun']);
    });

    it('another level goes on', async () => {
      const gate = '<FailLevelOnError>Yes</FailLevelOnError>';
      const bytes = packageOf(COLUMNS, [row('C-1', 'Contract', 'NOBODY')], {
        more: gate,
        second: { level: 2, codes: ['GBP'] },
      });
      const { json } = await importOf(client, bytes);
      expect(await statusOf(client, json.value)).to.equal('PartiallySucceeded');
      expect((await client.finops('GET', "Currencies('GBP')")).status).to.equal(200);
    });
  });

  describe('C3: a file that is handed in', () => {
    const enqueue = async (bytes: Uint8Array, query: string): Promise<Answer> => {
      const token = await tokenFor(client.sandbox, client.sandbox.finops.url);
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' };
      const url = `${client.sandbox.finops.url}/api/connector/enqueue/activity${query}`;
      const response = await fetch(url, { method: 'POST', headers, body: bytes });
      const text = await response.text();
      return { status: response.status, headers: response.headers, text, json: JSON.parse(text) };
    };
    const stateOf = async (messageId: string): Promise<string> => {
      for (;;) {
        const { value } = (await act(client, 'GetMessageStatus', { messageId })).json;
        if (!/ing$/.test(value)) return value;
      }
    };

    it('is known by a message id, a JSON text, and comes to be processed', async () => {
      const file = unicode(`${COLUMNS.join()}\r\n${row('C-1').join()}\r\n`);
      const { json: id } = await enqueue(file, `?entity=${encodeURIComponent(CONTRACTS)}&company=USMF`);
      expect(await stateOf(id)).to.equal('Processed');
      expect(await contracts()).to.have.length(1);
    });

    it('may be a package, without an entity; rows that are refused show in its state', async () => {
      const { json: id } = await enqueue(packageOf(COLUMNS, [row('C-1', 'Contract', 'NOBODY')]), '');
      expect(await stateOf(id)).to.equal('ProcessedWithErrors');
      const url = `${client.sandbox.finops.url}/api/connector/jobstatus/activity?jobId=${encodeURIComponent(id)}`;
      const { json } = await client.finops('GET', url);
      expect(json.DataJobStatus.DataJobState).to.equal('ProcessedWithErrors');
      expect(json.ExecutionLog).to.contain('NOBODY');
    });

    it('that cannot be read is found out behind the queue', async () => {
      const { json: id } = await enqueue(Buffer.from('PK no package'), '');
      expect(await stateOf(id)).to.equal('PreProcessingError');
    });
  });

  describe('Bad packages', () => {
    const refusal = async (bytes: Uint8Array): Promise<string> => {
      const answer = await importOf(client, bytes);
      expect(answer.status).to.equal(400);
      return infolog(answer);
    };

    it('cut off, or no archive at all', async () => {
      const whole = packageOf(COLUMNS, [row('C-1')]);
      expect(await refusal(whole.subarray(0, whole.length - 40))).to.contain('not a valid zip archive');
      expect(await refusal(Buffer.from('PK but nothing more'))).to.contain('not a valid zip archive');
    });

    it('without a manifest, or with one that is no XML or nests without end', async () => {
      const header = unicode('<DataManagementPackageHeader />');
      expect(await refusal(zipSync({ 'PackageHeader.xml': header }))).to.contain('no Manifest.xml');
      const broken = zipSync({ 'PackageHeader.xml': header, 'Manifest.xml': unicode('<a><b></a>') });
      expect(await refusal(broken)).to.contain('Manifest.xml could not be read');
      const deep = zipSync({ 'PackageHeader.xml': header, 'Manifest.xml': unicode('<a>'.repeat(1000)) });
      expect(await refusal(deep)).to.contain('nested too deep');
    });

    it('that unpack to more than memory should hold', async () => {
      const bomb = Buffer.from(packageOf(COLUMNS, []));
      // The size of the first file, unpacked, as the directory of the archive gives it.
      bomb.writeUInt32LE(0xffff_fff0, bomb.indexOf('PK\u0001\u0002') + 24);
      expect(await refusal(bomb)).to.contain('too large');
    });

    it('made of noise never take the sandbox down', () => {
      let state = 7;
      const next = (below: number): number => (state = (state * 1103515245 + 12345) & 0x7fffffff) % below;
      const sound = packageOf(COLUMNS, [row('C-1')]);
      const until = performance.now() + 1500;
      let read = 0;
      while (performance.now() < until) {
        const bytes = Uint8Array.from(sound);
        for (let flips = 1 + next(8); flips > 0; flips--) bytes[next(bytes.length)] = next(256);
        try {
          readPackage(bytes.subarray(0, bytes.length - next(4) * next(50)));
          read++;
        } catch (fault) {
          expect(fault).to.have.property('constructor').with.property('name', 'PackageFault');
        }
      }
      expect(read).to.be.above(0);
    });
  });
});
