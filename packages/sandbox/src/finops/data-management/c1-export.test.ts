import { expect } from 'chai';
import { unzipSync } from 'fflate';
import { type Json, type SandboxClient } from '../../client.test.support.js';
import { startWithCompanies } from '../world.test.support.js';
import { act, CONTRACTS, EXPORT_ORDER, exported, exportProject, idsIn, statusOf } from './package.test.support.js';

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
      const path = "ProjCDSProjectContracts(dataAreaId='usmf',ProjectContractID='C-2')";
      await client.finops('PATCH', path, { body: { Name: 'Renamed' } });
      expect(await exportOf('three')).to.deep.equal(['C-2']);
      await act(client, 'ResetVersionToken', { definitionGroupId: 'Out' });
      expect(await exportOf('four')).to.deep.equal(['C-1', 'C-2']);
    });

    it('C1: shows a few rows of a preview', async () => {
      await project('FullPush');
      expect(await exportOf('one', 'ExportToPackagePreview', { count: 1 })).to.deep.equal(['C-1']);
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
      await client.finops('DELETE', "ProjCDSProjectContracts(dataAreaId='usmf',ProjectContractID='C-2')");
      expect(await exportOf('two')).to.deep.equal([]);
    });

    it('C1: may be run again under its id, where that is asked for', async () => {
      await project('FullPush');
      await exportOf('again');
      await client.finops('DELETE', "ProjCDSProjectContracts(dataAreaId='usmf',ProjectContractID='C-2')");
      expect(await exportOf('again', 'ExportToPackage', { reExecute: true })).to.deep.equal(['C-1']);
    });

    it('C2: a package as F&O writes it: flat, UTF-16LE with its mark, elements in the order of the alphabet', async () => {
      await project('FullPush');
      const files = unzipSync(await exported(client, 'one'));
      expect(Object.keys(files)).to.have.members(['Manifest.xml', 'PackageHeader.xml', `${CONTRACTS}.csv`]);
      for (const bytes of Object.values(files)) expect([bytes[0], bytes[1]]).to.deep.equal([0xff, 0xfe]);
      const text = (name: string) => new TextDecoder('utf-16le').decode(files[name]);
      const [, entity = ''] =
        /<EntityMapList>.*<\/EntityMapList>(.*)<\/DataManagementPackageEntityData>/.exec(text('Manifest.xml')) ?? [];
      const elements = [...entity.matchAll(/<(\w+)[ >]/g)].map(([, name]) => name);
      expect(elements)
        .to.deep.equal([...elements].sort())
        .and.include('TargetEntity');
      expect(text('PackageHeader.xml')).to.contain(
        '<PackageType>DefinitionGroup</PackageType><PackageVersion>2</PackageVersion>',
      );
      expect(text(`${CONTRACTS}.csv`)).to.match(/^PROJECTCONTRACTID,CUSTOMERACCOUNT,NAME,[A-Z0-9,]+\r\n/);
    });
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
