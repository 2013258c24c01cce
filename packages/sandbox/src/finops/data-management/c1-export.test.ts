import { expect } from 'chai';
import { unzipSync } from 'fflate';
import { type Json, type SandboxClient } from '../../client.test.support.js';
import { mustCreate, startWithCompanies } from '../world.test.support.js';
import {
  act,
  COLUMNS,
  CONTRACTS,
  EXPORT_ORDER,
  exported,
  exportProject,
  idsIn,
  NAMESPACE,
  packageOf,
  statusOf,
  upload,
} from './package.test.support.js';
import { readPackage } from './package/index.js';

const CONTRACT_2 = "ProjCDSProjectContracts(dataAreaId='usmf',ProjectContractID='C-2')";

describe('protocols C1: exports', () => {
  let client: SandboxClient;

  beforeEach(async () => {
    client = await startWithCompanies();
  });
  afterEach(() => client.sandbox.stop());

  describe('an export', () => {
    const project = (refresh: string) => exportProject(client, refresh);
    const exportOf = async (executionId: string, action = 'ExportToPackage', more: Json = {}): Promise<string[]> =>
      idsIn(await exported(client, executionId, action, more));

    it('C1: gives out a package that an import would take', async () => {
      await project('FullPush');
      expect(await exportOf('one')).to.deep.equal(['C-1', 'C-2']);
      expect(await exportOf('two')).to.deep.equal(['C-1', 'C-2']);
    });

    it('C1: gives out only what has changed since the last run where change tracking is on', async () => {
      await project('Incremental');
      expect(await exportOf('one')).to.deep.equal(['C-1', 'C-2']);
      expect(await exportOf('two')).to.deep.equal([]);
      await client.finops('PATCH', CONTRACT_2, { body: { Name: 'Renamed' } });
      expect(await exportOf('three')).to.deep.equal(['C-2']);
      await act(client, 'ResetVersionToken', { definitionGroupId: 'Out' });
      expect(await exportOf('four')).to.deep.equal(['C-1', 'C-2']);
    });

    it('C1: shows a few rows of a preview', async () => {
      await project('FullPush');
      expect(await exportOf('one', 'ExportToPackagePreview', { count: 1 })).to.deep.equal(['C-1']);
    });

    it('C1: remembers nothing of a preview: the next export gives out what had changed', async () => {
      await project('Incremental');
      expect(await exportOf('shown', 'ExportToPackagePreview', { count: 1 })).to.deep.equal(['C-1']);
      expect(await exportOf('one')).to.deep.equal(['C-1', 'C-2']);
      await client.finops('PATCH', CONTRACT_2, { body: { Name: 'Renamed' } });
      expect(await exportOf('shown again', 'ExportToPackagePreview', { count: 5 })).to.deep.equal(['C-2']);
      expect(await exportOf('two')).to.deep.equal(['C-2']);
    });

    it('C1: remembers nothing where it fails: once that is put right, all of it is given out', async () => {
      await project('Incremental');
      const second = { DefinitionGroupId: 'Out', EntityName: 'Currencies' };
      await mustCreate(client, 'DataManagementDefinitionGroupDetails', { ...second, SourceFormat: 'FIXED' });
      await act(client, 'ExportToPackage', { ...EXPORT_ORDER, executionId: 'failing' });
      expect(await statusOf(client, 'failing')).to.equal('Failed');
      const detail = "DataManagementDefinitionGroupDetails(DefinitionGroupId='Out',EntityName='Currencies')";
      await client.finops('PATCH', detail, { body: { SourceFormat: 'CSV' } });
      expect(await exportOf('one')).to.deep.equal(['C-1', 'C-2']);
    });

    it('C1: a preview of no whole number of rows is refused, and one of none shows none', async () => {
      await project('FullPush');
      for (const count of [1.5, -1]) {
        const order = { ...EXPORT_ORDER, executionId: `of ${count}`, count };
        expect((await act(client, 'ExportToPackagePreview', order)).status, String(count)).to.equal(400);
      }
      expect(await exportOf('of 0', 'ExportToPackagePreview', { count: 0 })).to.deep.equal([]);
    });

    it('C1: asks for a project that is there', async () => {
      const order = {
        definitionGroupId: 'Nothing',
        packageName: 'a',
        executionId: '',
        reExecute: false,
        legalEntityId: 'USMF',
      };
      expect((await act(client, 'ExportToPackage', order)).status).to.equal(400);
    });

    it('C1: has the same forms asynchronously, and for changes alone', async () => {
      await project('FullPush');
      expect(await exportOf('one', 'ExportToPackageAsync')).to.deep.equal(['C-1', 'C-2']);
      expect(await exportOf('two', 'ExportToPackagePreviewAsync', { count: 1 })).to.deep.equal(['C-1']);
      expect(await exportOf('three', 'ExportToPackageDelta')).to.deep.equal(['C-1', 'C-2']);
      expect(await exportOf('four', 'ExportToPackageDelta')).to.deep.equal([]);
    });

    it('C1: tells nothing of rows that were deleted', async () => {
      await project('Incremental');
      await exportOf('one');
      await client.finops('DELETE', CONTRACT_2);
      expect(await exportOf('two')).to.deep.equal([]);
    });

    it('C1: may be run again under its id, where that is asked for', async () => {
      await project('FullPush');
      await exportOf('again');
      await client.finops('DELETE', CONTRACT_2);
      expect(await exportOf('again', 'ExportToPackage', { reExecute: true })).to.deep.equal(['C-1']);
    });

    it('C1: that is refused leaves the history as it is, and so does one of another project', async () => {
      await project('FullPush');
      await exportOf('kept');
      await mustCreate(client, 'DataManagementDefinitionGroups', { Name: 'Other', OperationType: 'Export' });
      const refused: readonly Json[] = [
        { executionId: 'kept', legalEntityId: 'NONE' },
        { executionId: 'kept', definitionGroupId: 'Nothing' },
        { executionId: 'kept', definitionGroupId: 'Other' },
        { executionId: 'seed' },
      ];
      for (const more of refused) {
        const order = { ...EXPORT_ORDER, reExecute: true, ...more };
        expect((await act(client, 'ExportToPackage', order)).status, JSON.stringify(more)).to.equal(400);
      }
      for (const id of ['kept', 'seed']) expect(await statusOf(client, id)).to.equal('Succeeded');
    });

    it('C1: hands on execution unit, level and sequence of the project to the manifest', async () => {
      await project('FullPush');
      const placing = { ExecutionUnit: 3, LevelInExecutionUnit: 4, SequenceInLevel: 5 };
      const detail = { DefinitionGroupId: 'Out', EntityName: 'Currencies', SourceFormat: 'CSV' };
      await mustCreate(client, 'DataManagementDefinitionGroupDetails', { ...detail, ...placing });
      const { entities } = readPackage(await exported(client, 'one')).manifest;
      expect(entities.map(({ entityName, placing }) => ({ entityName, ...placing }))).to.deep.equal([
        { entityName: CONTRACTS, executionUnit: 1, level: 1, sequence: 1 },
        { entityName: 'Currencies', executionUnit: 3, level: 4, sequence: 5 },
      ]);
    });

    describe('that takes a package as its template', () => {
      const template = async (more: Json = {}) =>
        act(client, 'ExportFromPackage', {
          packageUrl: await upload(client, packageOf(COLUMNS, [], { format: 'CSV' })),
          definitionGroupId: 'Templated',
          executionId: 'out',
          execute: true,
          overwrite: false,
          legalEntityId: 'USMF',
          ...more,
        });
      const formatsOf = async (group: string): Promise<string[]> => {
        const query = `$filter=DefinitionGroupId eq '${group}'`;
        const { json } = await client.finops('GET', `DataManagementDefinitionGroupDetails?${query}`);
        return json.value.map((detail: Json) => `${detail.EntityName}: ${detail.SourceFormat}`);
      };

      it('C1: gives out what its manifest names, and makes an export project of it', async () => {
        await project('FullPush');
        expect((await template()).json.value).to.equal('out');
        expect(await statusOf(client, 'out')).to.equal('Succeeded');
        const { json } = await act(client, 'GetExportedPackageUrl', { executionId: 'out' });
        const bytes = new Uint8Array(await (await fetch(json.value)).arrayBuffer());
        expect(idsIn(bytes)).to.deep.equal(['C-1', 'C-2']);
        const group = (await client.finops('GET', "DataManagementDefinitionGroups('Templated')")).json;
        expect(group).to.include({ OperationType: 'Export' });
        expect(await formatsOf('Templated')).to.deep.equal([`${CONTRACTS}: CSV`]);
      });

      it('C1: makes the project and no more unless it is to execute', async () => {
        await template({ execute: false });
        expect(await statusOf(client, 'out')).to.equal('NotRun');
        expect(await formatsOf('Templated')).to.deep.equal([`${CONTRACTS}: CSV`]);
        expect((await act(client, 'GetExportedPackageUrl', { executionId: 'out' })).json.value).to.equal('');
      });

      it('C1: changes the entities of a project that is there only where it may overwrite them', async () => {
        await project('FullPush');
        await template({ definitionGroupId: 'Out', execute: false });
        expect(await formatsOf('Out')).to.deep.equal([`${CONTRACTS}: `]);
        await template({ definitionGroupId: 'Out', execute: false, overwrite: true, executionId: 'again' });
        expect(await formatsOf('Out')).to.deep.equal([`${CONTRACTS}: CSV`]);
      });
    });
  });
});

describe('protocols C2: a package as F&O writes it', () => {
  const NAMES = `xmlns="${NAMESPACE}" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"`;
  let client: SandboxClient;
  let files: Record<string, Uint8Array>;
  const text = (name: string): string => new TextDecoder('utf-16le').decode(files[name]);

  before(async () => {
    client = await startWithCompanies();
    await exportProject(client, 'FullPush');
    files = unzipSync(await exported(client, 'one'));
  });
  after(() => client.sandbox.stop());

  it('C2: is flat, and each file in UTF-16LE with its mark', () => {
    expect(Object.keys(files)).to.have.members(['Manifest.xml', 'PackageHeader.xml', `${CONTRACTS}.csv`]);
    for (const bytes of Object.values(files)) expect([bytes[0], bytes[1]]).to.deep.equal([0xff, 0xfe]);
  });

  it('C2: names its columns in upper case, and ends its lines with CR LF', () => {
    expect(text(`${CONTRACTS}.csv`)).to.match(/^PROJECTCONTRACTID,CUSTOMERACCOUNT,NAME,[A-Z0-9,]+\r\n/);
  });

  it('C2: has this header', () => {
    expect(text('PackageHeader.xml')).to.equal(
      `<?xml version="1.0" encoding="utf-16"?><DataManagementPackageHeader ${NAMES}><Description>Out</Description>` +
        '<ManifestType>Microsoft.Dynamics.AX.Framework.Tools.DataManagement.Serialization.DataManagementPackageManifest' +
        '</ManifestType><PackageType>DefinitionGroup</PackageType><PackageVersion>2</PackageVersion>' +
        '</DataManagementPackageHeader>',
    );
  });

  it('C2: has these elements in its manifest, in the order of the alphabet', () => {
    const manifest = text('Manifest.xml');
    const [map = ''] = /<EntityMap>.*?<\/EntityMap>/.exec(manifest) ?? [];
    expect(map).to.equal(
      '<EntityMap><ArrayIndex>0</ArrayIndex><EntityField>PROJECTCONTRACTID</EntityField>' +
        '<EntityFieldConversionList i:nil="true" /><IsAutoDefault>No</IsAutoDefault>' +
        '<IsAutoGenerated>No</IsAutoGenerated><IsDefaultValueEqualNull>No</IsDefaultValueEqualNull>' +
        '<UseTextQualifier>No</UseTextQualifier><XMLField>PROJECTCONTRACTID</XMLField></EntityMap>',
    );
    expect(manifest.replace(/(?:<EntityMap>.*?<\/EntityMap>)+/, '…')).to.equal(
      `<?xml version="1.0" encoding="utf-16"?><DataManagementPackageManifest ${NAMES}>` +
        '<DefinitionGroupName>Out</DefinitionGroupName><Description>Out</Description><PackageEntityList>' +
        '<DataManagementPackageEntityData><DefaultRefreshType>FullPush</DefaultRefreshType><Disable>No</Disable>' +
        `<EntityMapList>…</EntityMapList><EntityName>${CONTRACTS}</EntityName>` +
        '<EntityTransformList i:nil="true" /><ExcelSheetName></ExcelSheetName><ExecutionUnit>1</ExecutionUnit>' +
        '<FailExecutionUnitOnError>No</FailExecutionUnitOnError><FailLevelOnError>No</FailLevelOnError>' +
        `<InputFilePath>${CONTRACTS}.csv</InputFilePath><LevelInExecutionUnit>1</LevelInExecutionUnit>` +
        '<RunBusinessLogic>No</RunBusinessLogic><RunBusinessValidation>No</RunBusinessValidation>' +
        '<SampleFilePath></SampleFilePath><SequenceInLevel>1</SequenceInLevel><SkipStaging>No</SkipStaging>' +
        '<SourceFormat>CSV-Unicode</SourceFormat><TargetEntity>ProjCDSProjectContractEntity</TargetEntity>' +
        '<ValidationStatus>Yes</ValidationStatus></DataManagementPackageEntityData></PackageEntityList>' +
        '</DataManagementPackageManifest>',
    );
  });
});

describe('protocols C1: an export that was only queued', () => {
  it('C1: is not known at once: 400 "were not found", then its status; one that was waited for is', async () => {
    const client = await startWithCompanies();
    try {
      await exportProject(client, 'FullPush');
      const early = async (action: string, executionId: string): Promise<number> => {
        await act(client, action, { ...EXPORT_ORDER, executionId });
        return (await act(client, 'GetExecutionSummaryStatus', { executionId })).status;
      };
      expect(await early('ExportToPackageAsync', 'queued')).to.equal(400);
      expect(await statusOf(client, 'queued')).to.equal('Succeeded');
      expect(await early('ExportToPackage', 'waited for')).to.equal(200);
    } finally {
      await client.sandbox.stop();
    }
  });
});

describe('protocols C1: the time that an export takes', () => {
  it('C1: it has a final status once the package is built', async () => {
    const client = await startWithCompanies({ finops: { packageDelayMs: 200 } });
    try {
      await exportProject(client, 'FullPush');
      const executionId = 'slow';
      await act(client, 'ExportToPackage', { ...EXPORT_ORDER, executionId });
      const ask = async (name: string) => (await act(client, name, { executionId })).json.value;
      expect(await ask('GetExecutionSummaryStatus')).to.equal('Executing');
      expect(await ask('GetExportedPackageUrl')).to.equal('');
      expect(await statusOf(client, executionId)).to.equal('Succeeded');
      expect((await fetch(await ask('GetExportedPackageUrl'))).status).to.equal(200);
    } finally {
      await client.sandbox.stop();
    }
  });
});
