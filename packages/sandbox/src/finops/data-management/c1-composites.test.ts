import { expect } from 'chai';
import { unzipSync } from 'fflate';
import { startWithClient, type Json, type SandboxClient } from '../../client.test.support.js';
import { infolog, LINE, mustCreate, startWithCompanies } from '../world.test.support.js';
import {
  act,
  COLUMNS,
  contractsOf,
  CONTRACTS,
  errorsOf,
  EXPORT_ORDER,
  exported,
  importOf,
  keysFileOf,
  jobsOf,
  packageOf,
  row,
  statusOf,
  unicode,
} from './package.test.support.js';

const ROOT = 'ProjCDSProjectContractEntity';
const LINES = 'ProjCDSContractLineImportEntity';
const MILESTONES = 'ProjCDSContractLineMilestoneImportEntity';
const DOCUMENT = 'Contract document';
const MILESTONE = '44444444-4444-4444-8444-444444444444';

const compositeEntities = [
  {
    label: DOCUMENT,
    aotName: 'ContractCompositeEntity',
    root: ROOT,
    embedded: [
      {
        entity: LINES,
        relation: { ContractId: 'ProjectContractID' },
        embedded: [{ entity: MILESTONES, relation: { ContractLineRef: 'TransactionId' } }],
      },
    ],
  },
];

const FIELDS = [
  ...['PROJECTCONTRACTID', 'NAME', 'CUSTOMERACCOUNT', 'CURRENCYCODE'].map((name) => `${ROOT}/${name}`),
  ...['TRANSACTIONID', 'CONTRACTID', 'CONTRACTLINE', 'TYPE', 'PROJECTID'].map((name) => `${LINES}/${name}`),
  ...['TRANSACTIONID', 'INVOICEDATE', 'CURRENCYID', 'AMOUNT'].map((name) => `${MILESTONES}/${name}`),
];

const milestone = `<${MILESTONES} TRANSACTIONID="${MILESTONE}" INVOICEDATE="2026-03-01" CURRENCYID="USD" AMOUNT="100"/>`;
const line = (more = '') =>
  `<${LINES} TRANSACTIONID="${LINE}" CONTRACTLINE="1" TYPE="TimeMaterial"${more}>${milestone}</${LINES}>`;
const contract = (id: string, lines = '', name = 'Contract') =>
  `<${ROOT} PROJECTCONTRACTID="${id}" NAME="${name}" CUSTOMERACCOUNT="US-001" CURRENCYCODE="USD">${lines}</${ROOT}>`;

const documents = (rows: string, more: Json = {}): Uint8Array =>
  packageOf(FIELDS, [], {
    entityName: DOCUMENT,
    format: 'XML-Attribute',
    data: unicode(`<Document>${rows}</Document>`),
    ...more,
  });

describe('protocols C1: composite entities', () => {
  let client: SandboxClient;

  beforeEach(async () => {
    client = await startWithCompanies({ finops: { compositeEntities } });
  });
  afterEach(() => client.sandbox.stop());

  const imported = async (bytes: Uint8Array, overwrite = false): Promise<string> => {
    const answer = await importOf(client, bytes, { overwrite });
    if (answer.status !== 200) throw new TypeError(answer.text);
    return answer.json.value;
  };
  const outcome = async (bytes: Uint8Array): Promise<string> => statusOf(client, await imported(bytes));
  const rowsOf = async (set: string): Promise<Json[]> => (await client.finops('GET', set)).json.value;

  it('C1: a document creates and updates the rows of all its entities, each by its key', async () => {
    const first = await imported(documents(contract('C-1', line()) + contract('C-2')));
    expect(await statusOf(client, first)).to.equal('Succeeded');
    expect((await jobsOf(client, first))[0]).to.include({ EntityName: DOCUMENT, TargetRecordsCreatedCount: 4 });
    const second = await imported(documents(contract('C-1', line(' CONTRACTID="C-1"'), 'Renamed')));
    expect(await statusOf(client, second)).to.equal('Succeeded');
    expect((await jobsOf(client, second))[0]).to.include({
      TargetRecordsUpdatedCount: 3,
      TargetRecordsCreatedCount: 0,
    });
    expect((await contractsOf(client)).map(({ Name }) => Name)).to.deep.equal(['Renamed', 'Contract']);
  });

  it('C1: an embedded row belongs to the one around it, also where the file leaves that out', async () => {
    await outcome(documents(contract('C-1', line())));
    expect((await rowsOf('ProjCDSContractLineImports'))[0]).to.include({ TransactionId: LINE, ContractId: 'C-1' });
    expect((await rowsOf('ProjCDSContractLineMilestoneImports'))[0]).to.include({ ContractLineRef: LINE });
  });

  it('C1: it may not belong to another: DMF1961', async () => {
    const id = await imported(documents(contract('C-1', line(' CONTRACTID="C-2"')) + contract('C-2')));
    expect(await statusOf(client, id)).to.equal('PartiallySucceeded');
    expect((await errorsOf(client, id))[0].ErrorMessage).to.match(/^DMF1961: .*'C-2'.*'C-1'/);
  });

  it('C1: of a document of which one row is refused, nothing is written; the error file names it by its root', async () => {
    const id = await imported(documents(contract('C-1', line(' PROJECTID="NOBODY"')) + contract('C-2')));
    expect(await statusOf(client, id)).to.equal('PartiallySucceeded');
    expect((await contractsOf(client)).map(({ ProjectContractID }) => ProjectContractID)).to.deep.equal(['C-2']);
    expect(await keysFileOf(client, id, DOCUMENT)).to.equal('DATAAREAID,PROJECTCONTRACTID\r\nusmf,C-1\r\n');
  });

  it('C1: a cell that is no value, or an element that does not belong there, refuses the document alone', async () => {
    const wrong = contract('C-1', line(' FORECASTINVOICEFREQUENCY="1"').replace('AMOUNT="100"', 'AMOUNT="much"'));
    const id = await imported(documents(wrong + contract('C-2', milestone) + contract('C-3')));
    expect(await statusOf(client, id)).to.equal('PartiallySucceeded');
    const messages = (await errorsOf(client, id)).map(({ ErrorMessage }) => ErrorMessage.slice(0, 7));
    expect(messages).to.deep.equal(['DMF2018', 'DMF1830']);
    expect(await contractsOf(client)).to.have.length(1);
  });

  it('C1: overwrite is false with a composite entity, and true without one', async () => {
    const composite = await importOf(client, documents(contract('C-1')), { overwrite: true });
    expect([composite.status, infolog(composite)]).to.deep.equal([
      400,
      'The parameter overwrite must be false: the package holds a composite entity.',
    ]);
    const simple = await importOf(client, packageOf(COLUMNS, [row('C-1')]), { overwrite: false });
    expect([simple.status, infolog(simple)]).to.deep.equal([
      400,
      'The parameter overwrite must be true: the package holds no composite entity.',
    ]);
    expect(await contractsOf(client)).to.deep.equal([]);
  });

  it('C1: a package holds one composite entity at most', async () => {
    const answer = await importOf(client, documents(contract('C-1'), { also: DOCUMENT }), { overwrite: false });
    expect([answer.status, infolog(answer)]).to.deep.equal([400, 'A package may hold one composite entity only.']);
  });

  it('C1: its file is XML: DMF1963', async () => {
    const id = await imported(packageOf(FIELDS, [], { entityName: DOCUMENT }));
    expect(await statusOf(client, id)).to.equal('Failed');
    expect((await errorsOf(client, id))[0].ErrorMessage).to.match(/^DMF1963/);
  });

  it('C1: a map to a field that no entity of it has is incorrect', async () => {
    for (const field of [`${ROOT}/NOTHING`, 'Elsewhere/NAME', 'NAME']) {
      const id = await imported(documents(contract('C-1'), { mapped: [...FIELDS, field] }));
      expect(await statusOf(client, id)).to.equal('Failed');
      expect((await errorsOf(client, id))[0].ErrorMessage).to.contain(`mapping is incorrect for entity ${DOCUMENT}`);
    }
  });

  describe('an export', () => {
    const project = async (format: string, refresh = 'FullPush'): Promise<void> => {
      await outcome(documents(contract('C-1', line()) + contract('C-2')));
      await mustCreate(client, 'DataManagementDefinitionGroups', { Name: 'Out', OperationType: 'Export' });
      const detail = {
        DefinitionGroupId: 'Out',
        EntityName: DOCUMENT,
        DefaultRefreshType: refresh,
        SourceFormat: format,
      };
      await mustCreate(client, 'DataManagementDefinitionGroupDetails', detail);
    };
    const idsIn = (bytes: Uint8Array): (string | undefined)[] => {
      const text = new TextDecoder().decode(unzipSync(bytes)[`${DOCUMENT}.xml`]);
      return [...text.matchAll(/PROJECTCONTRACTID="([^"]*)"/g)].map(([, id]) => id);
    };

    for (const format of ['XML-Attribute', 'XML-Element']) {
      it(`C1: gives out documents that an import takes (${format})`, async () => {
        await project(format);
        const bytes = await exported(client, 'out');
        const rename = (name: string) =>
          client.finops('PATCH', `ProjCDSContractLineImports(dataAreaId='usmf',TransactionId=${LINE})`, {
            body: { Description: name },
          });
        await rename('Changed');
        expect(await outcome(bytes)).to.equal('Succeeded');
        expect((await rowsOf('ProjCDSContractLineImports'))[0]).to.include({ Description: '', ContractId: 'C-1' });
        expect(await rowsOf('ProjCDSContractLineMilestoneImports')).to.have.length(1);
      });
    }

    it('C1: a document has changed where any of its rows has', async () => {
      await project('XML-Attribute', 'Incremental');
      expect(idsIn(await exported(client, 'one'))).to.deep.equal(['C-1', 'C-2']);
      expect(idsIn(await exported(client, 'two'))).to.deep.equal([]);
      const path = `ProjCDSContractLineMilestoneImports(dataAreaId='usmf',TransactionId=${MILESTONE})`;
      await client.finops('PATCH', path, { body: { Description: 'Later' } });
      expect(idsIn(await exported(client, 'three'))).to.deep.equal(['C-1']);
    });

    it('C1: in a format that is not XML it fails: DMF1963', async () => {
      await project('CSV');
      await act(client, 'ExportToPackage', { ...EXPORT_ORDER, executionId: 'out' });
      expect(await statusOf(client, 'out')).to.equal('Failed');
      expect((await errorsOf(client, 'out'))[0].ErrorMessage).to.match(/^DMF1963/);
    });
  });
});

describe('protocols C1: a composite entity that is none', () => {
  const [sound] = compositeEntities;
  const refusal = async (more: Json): Promise<string> => {
    try {
      const client = await startWithClient({ empty: true, finops: { compositeEntities: [{ ...sound, ...more }] } });
      await client.sandbox.stop();
      return '';
    } catch (error) {
      return String(error);
    }
  };

  it('is refused at the start, with the reason', async () => {
    const embedded = (relation: Json, entity = LINES) => ({ embedded: [{ entity, relation }] });
    expect(await refusal({ root: 'Nothing' })).to.contain('there is no entity Nothing');
    expect(await refusal({ label: CONTRACTS })).to.contain('another entity has that label');
    expect(await refusal(embedded({ Nothing: 'ProjectContractID' }))).to.contain(`${LINES} has no field Nothing`);
    expect(await refusal(embedded({ ContractId: 'Nothing' }))).to.contain(`${ROOT} has no field Nothing`);
    expect(await refusal({ embedded: [] })).to.contain('embedded');
    expect(await refusal(embedded({ ContractId: 1 }))).to.contain('relation');
  });
});
