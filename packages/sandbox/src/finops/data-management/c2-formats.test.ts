import { expect } from 'chai';
import { unzipSync } from 'fflate';
import { type SandboxClient } from '../../client.test.support.js';
import { mustCreate, startWithCompanies } from '../world.test.support.js';
import {
  act,
  COLUMNS,
  contractsOf,
  CONTRACTS,
  errorsOf,
  EXPORT_ORDER,
  exported,
  exportProject,
  handIn,
  importOf,
  jobsOf,
  packageOf,
  row,
  statusOf,
  unicode,
} from './package.test.support.js';
import { workbook, type Cell } from './workbook.test.support.js';

describe('protocols C2: source data formats', () => {
  let client: SandboxClient;

  beforeEach(async () => {
    client = await startWithCompanies();
  });
  afterEach(() => client.sandbox.stop());

  const outcome = async (bytes: Uint8Array) => {
    const { json } = await importOf(client, bytes);
    const status = await statusOf(client, json.value);
    return [status, ...(await errorsOf(client, json.value)).map(({ ErrorMessage }) => ErrorMessage.slice(0, 7))];
  };

  describe('EXCEL', () => {
    const columns = [...COLUMNS, 'ADDRESSVALIDFROM'];
    const cells: Cell[] = ['C-1', 'Größe', 'US-001', 'USD', 1.25, new Date('2026-03-01T00:00:00Z')];
    const book = (sheets: Parameters<typeof workbook>[0], sheet = '') =>
      packageOf(columns, [], {
        format: 'EXCEL',
        data: workbook(sheets),
        more: { ExcelSheetName: sheet },
      });

    it('C2: EXCEL: texts, numbers and days of a workbook become a row', async () => {
      expect(await outcome(book({ Contracts: [columns, cells] }))).to.deep.equal(['Succeeded']);
      const { json } = await client.finops('GET', "ProjCDSProjectContracts(dataAreaId='usmf',ProjectContractID='C-1')");
      expect(json).to.include({ Name: 'Größe', ExchangeRate: 1.25, AddressValidFrom: '2026-03-01T00:00:00Z' });
    });

    it('C2: EXCEL: ExcelSheetName says which sheet, with or without the $ behind it', async () => {
      const sheets = { Notes: [['Do not import']], Contracts: [columns, cells] };
      expect(await outcome(book(sheets, 'Contracts$'))).to.deep.equal(['Succeeded']);
      expect(await outcome(book(sheets, 'contracts'))).to.deep.equal(['Succeeded']);
      expect(await outcome(book(sheets, 'Elsewhere$'))).to.deep.equal(['Failed', 'DMF040:']);
    });

    it('C2: EXCEL: rows without a value are left out, and a row beyond the header is a mismatch', async () => {
      expect(await outcome(book({ A: [columns, [undefined], cells, ['']] }))).to.deep.equal(['Succeeded']);
      expect(await contractsOf(client)).to.have.length(1);
      expect(await outcome(book({ A: [columns, [...cells, 'more']] }))).to.deep.equal(['Failed', 'DMF1966']);
    });

    it('C2: EXCEL: a package that is exported as workbooks is one that can be imported', async () => {
      await exportProject(client, 'FullPush', 'EXCEL');
      const bytes = await exported(client, 'out');
      expect(Object.keys(unzipSync(bytes))).to.include(`${CONTRACTS}.xlsx`);
      await client.finops('DELETE', "ProjCDSProjectContracts(dataAreaId='usmf',ProjectContractID='C-2')");
      expect(await outcome(bytes)).to.deep.equal(['Succeeded']);
      expect((await contractsOf(client)).map(({ ProjectContractID }) => ProjectContractID)).to.deep.equal([
        'C-1',
        'C-2',
      ]);
    });

    it('C2: EXCEL: a workbook may be handed in through the queue', async () => {
      const query = `?entity=${encodeURIComponent(CONTRACTS)}`;
      const { json: messageId } = await handIn(client, workbook({ A: [columns, cells] }), query);
      for (let state = ''; state !== 'Processed';) {
        state = (await act(client, 'GetMessageStatus', { messageId })).json.value;
        expect(state).not.to.match(/Error/);
      }
      expect(await contractsOf(client)).to.have.length(1);
    });
  });

  describe('XML', () => {
    const elements = (id: string) =>
      `<Contract><PROJECTCONTRACTID>${id}</PROJECTCONTRACTID><NAME>A &amp; B</NAME><CUSTOMERACCOUNT>US-001</CUSTOMERACCOUNT>` +
      '<CURRENCYCODE>USD</CURRENCYCODE></Contract>';
    const attributes = (id: string) =>
      `<Contract PROJECTCONTRACTID="${id}" NAME="A &amp; B" CUSTOMERACCOUNT="US-001" CURRENCYCODE="USD"/>`;
    const xml = (format: string, rows: string) =>
      packageOf(COLUMNS.slice(0, 4), [], { format, data: unicode(`<Document>${rows}</Document>`) });

    it('C2: XML-Element: an element per row, and in it one per field', async () => {
      expect(await outcome(xml('XML-Element', elements('C-1') + elements('C-2')))).to.deep.equal(['Succeeded']);
      expect((await contractsOf(client)).map(({ Name }) => Name)).to.deep.equal(['A & B', 'A & B']);
    });

    it('C2: XML-Attribute: an element per row, and on it an attribute per field', async () => {
      expect(await outcome(xml('XML-Attribute', attributes('C-1') + attributes('C-2')))).to.deep.equal(['Succeeded']);
      expect((await contractsOf(client)).map(({ Name }) => Name)).to.deep.equal(['A & B', 'A & B']);
    });

    for (const format of ['XML-Element', 'XML-Attribute', 'CSV']) {
      it(`C2: ${format}: what is exported can be imported`, async () => {
        await exportProject(client, 'FullPush', format);
        await client.finops('PATCH', "ProjCDSProjectContracts(dataAreaId='usmf',ProjectContractID='C-1')", {
          body: { Name: 'Line 1\r\n"2" <&>' },
        });
        const bytes = await exported(client, 'out');
        await client.finops('PATCH', "ProjCDSProjectContracts(dataAreaId='usmf',ProjectContractID='C-1')", {
          body: { Name: 'Changed' },
        });
        expect(await outcome(bytes)).to.deep.equal(['Succeeded']);
        expect((await contractsOf(client))[0].Name.replace('\r\n', '\n')).to.equal('Line 1\n"2" <&>');
      });
    }
  });

  it('C2: DMF1966: a file that holds none of the mapped columns', async () => {
    const other = ['SOMETHING', 'ELSE'];
    expect(await outcome(packageOf(other, [['a', 'b']], { mapped: COLUMNS }))).to.deep.equal(['Failed', 'DMF1966']);
  });

  it('C2: of a format that does not exist nothing is exported', async () => {
    await exportProject(client, 'FullPush', 'FIXED');
    await act(client, 'ExportToPackage', { ...EXPORT_ORDER, executionId: 'out' });
    expect(await statusOf(client, 'out')).to.equal('Failed');
    expect((await errorsOf(client, 'out'))[0].ErrorMessage).to.contain("'FIXED' does not exist");
    expect((await act(client, 'GetExportedPackageUrl', { executionId: 'out' })).json.value).to.equal('');
  });
});

describe('protocols C2: DMF2039, one job with Excel at a time', () => {
  let client: SandboxClient;

  beforeEach(async () => {
    client = await startWithCompanies({ finops: { packageDelayMs: 300 } });
  });
  afterEach(() => client.sandbox.stop());

  const excel = (id: string) => packageOf(COLUMNS, [], { format: 'EXCEL', data: workbook({ A: [COLUMNS, row(id)] }) });
  const imported = async (executionId: string, bytes: Uint8Array) => {
    await importOf(client, bytes, { executionId, definitionGroupId: executionId });
    return executionId;
  };

  it('C2: DMF2039: an import beside another one gets no lock, and imports nothing; afterwards it may', async () => {
    await imported('one', excel('C-1'));
    await imported('other', excel('C-2'));
    expect(await statusOf(client, 'other')).to.equal('Failed');
    expect((await errorsOf(client, 'other'))[0].ErrorMessage).to.match(/^DMF2039/);
    const [job] = await jobsOf(client, 'other');
    expect(job).to.include({ StagingStatus: 'Error', TargetStatus: 'NotRun' });
    expect(await statusOf(client, 'one')).to.equal('Succeeded');
    expect(await contractsOf(client)).to.have.length(1);
    await imported('again', excel('C-2'));
    expect(await statusOf(client, 'again')).to.equal('Succeeded');
  });

  it('C2: DMF2039: so does an export, and gives out no package', async () => {
    await mustCreate(client, 'DataManagementDefinitionGroups', { Name: 'Out', OperationType: 'Export' });
    const detail = { DefinitionGroupId: 'Out', EntityName: CONTRACTS, SourceFormat: 'EXCEL' };
    await mustCreate(client, 'DataManagementDefinitionGroupDetails', detail);
    await imported('one', excel('C-1'));
    await act(client, 'ExportToPackage', { ...EXPORT_ORDER, executionId: 'out' });
    expect(await statusOf(client, 'out')).to.equal('Failed');
    expect((await errorsOf(client, 'out'))[0].ErrorMessage).to.match(/^DMF2039/);
    expect((await act(client, 'GetExportedPackageUrl', { executionId: 'out' })).json.value).to.equal('');
  });

  it('C2: DMF2039: other formats go on beside it', async () => {
    await imported('one', excel('C-1'));
    await imported('other', packageOf(COLUMNS, [row('C-2')]));
    expect([await statusOf(client, 'one'), await statusOf(client, 'other')]).to.deep.equal(['Succeeded', 'Succeeded']);
  });
});
