import { expect } from 'chai';
import { type Json, type SandboxClient } from '../../client.test.support.js';
import { infolog, startWithCompanies } from '../world.test.support.js';
import {
  act,
  COLUMNS,
  contractsOf,
  CONTRACTS,
  errorsOf,
  importOf,
  jobsOf,
  NAMESPACE,
  packageOf,
  row,
  statusOf,
  type PackageParts,
} from './package.test.support.js';
import type { MemberOrder } from './package/index.js';

describe('protocols C2: the package', () => {
  let client: SandboxClient;

  beforeEach(async () => {
    client = await startWithCompanies();
  });
  afterEach(() => client.sandbox.stop());

  describe('traps of a package', () => {
    it('C2: without a map of its fields: success, and no row', async () => {
      const { json } = await importOf(client, packageOf(COLUMNS, [row('C-1')], { mapped: [] }));
      expect(await statusOf(client, json.value)).to.equal('Succeeded');
      expect(await contractsOf(client)).to.deep.equal([]);
    });

    it('C2: with a name that is not the label of the entity: 400', async () => {
      const answer = await importOf(client, packageOf(COLUMNS, [], { entityName: 'ProjCDSProjectContractEntity' }));
      expect(answer.status).to.equal(400);
      expect(infolog(answer)).to.equal('Entity ProjCDSProjectContractEntity does not exist in the target environment.');
    });

    it('C2: of type CSV-Unicode in another encoding: "Selected file is not Unicode"', async () => {
      const { json } = await importOf(
        client,
        packageOf(COLUMNS, [row('C-1')], { encode: (text) => Buffer.from(text) }),
      );
      expect(await statusOf(client, json.value)).to.equal('Failed');
      expect((await errorsOf(client, json.value))[0].ErrorMessage).to.equal('Selected file is not Unicode');
    });

    it('C2: with lines that end in LF: a mapping that is incorrect', async () => {
      const { json } = await importOf(client, packageOf(COLUMNS, [row('C-1')], { lineEnd: '\n' }));
      expect(await statusOf(client, json.value)).to.equal('Failed');
      const message =
        /^The mapping is incorrect for entity Integration entity for project contract field \{[0-9A-F-]{36}\}\.$/;
      expect((await errorsOf(client, json.value))[0].ErrorMessage).to.match(message);
    });

    it('C2: in another namespace: nothing is found in it', async () => {
      const { json } = await importOf(client, packageOf(COLUMNS, [row('C-1')], { namespace: 'urn:other' }));
      expect(await statusOf(client, json.value)).to.equal('Succeeded');
      expect(await contractsOf(client)).to.deep.equal([]);
    });

    it('C2: with a header of another namespace: nothing announces the manifest, and nothing is found', async () => {
      const header = '<DataManagementPackageHeader xmlns="urn:other" />';
      const { json } = await importOf(client, packageOf(COLUMNS, [row('C-1')], { header }));
      expect(await statusOf(client, json.value)).to.equal('Succeeded');
      expect(await contractsOf(client)).to.deep.equal([]);
    });

    it('C2: with a header of version 1, as F&O wrote it in 2017: is read as well', async () => {
      const header =
        `<DataManagementPackageHeader xmlns="${NAMESPACE}" xmlns:i="http://www.w3.org/2001/XMLSchema-instance">` +
        '<Description>Contracts</Description>' +
        '<ManifestType>Microsoft.Dynamics.AX.Framework.Tools.DataManagement.Serialization.DataManagementPackageManifest' +
        '</ManifestType><PackageType>DefinitionGroup</PackageType><PackageVersion>1</PackageVersion>' +
        '</DataManagementPackageHeader>';
      const { json } = await importOf(client, packageOf(COLUMNS, [row('C-1')], { header }));
      expect(await statusOf(client, json.value)).to.equal('Succeeded');
      expect(await contractsOf(client)).to.have.length(1);
    });

    it('C2: with an entity that is disabled: it is left alone, and the others are imported', async () => {
      const parts = { more: { Disable: 'Yes' }, second: { level: 1, codes: ['GBP'] } };
      const { json } = await importOf(client, packageOf(COLUMNS, [row('C-1')], parts));
      expect(await statusOf(client, json.value)).to.equal('Succeeded');
      expect((await jobsOf(client, json.value)).map(({ EntityName }) => EntityName)).to.deep.equal(['Currencies']);
      expect(await contractsOf(client)).to.deep.equal([]);
      expect((await client.finops('GET', "Currencies('GBP')")).status).to.equal(200);
    });

    it('C2: in UTF-8 and of type CSV: is read as well', async () => {
      const parts = { format: 'CSV', encode: (text: string) => Buffer.from(text) };
      const { json } = await importOf(client, packageOf(COLUMNS, [row('C-1', 'Größe')], parts));
      expect(await statusOf(client, json.value)).to.equal('Succeeded');
      expect((await contractsOf(client))[0].Name).to.equal('Größe');
    });
  });

  describe('codes of data management', () => {
    const only = async (columns: string[], rows: string[][], mapped?: string[]): Promise<string> => {
      const { json } = await importOf(client, packageOf(columns, rows, mapped ? { mapped } : {}));
      await statusOf(client, json.value);
      return (await errorsOf(client, json.value)).map(({ ErrorMessage }) => ErrorMessage.slice(0, 7)).join();
    };

    it('C2: DMF1959: the same key twice in a file; the first row is imported', async () => {
      expect(await only(COLUMNS, [row('C-1'), row('C-1', 'Again')])).to.equal('DMF1959');
      expect(await contractsOf(client)).to.have.length(1);
    });

    it('C2: DMF1966: a row with more columns than the header', async () => {
      expect(await only(COLUMNS, [[...row('C-1'), 'extra']])).to.equal('DMF1966');
    });

    it('C2: DMF2016 and DMF2018: a value that is no date, or no number', async () => {
      const columns = ['PROJECTCONTRACTID', 'CURRENCYCODE', 'ADDRESSVALIDFROM', 'EXCHANGERATE'];
      expect(
        await only(columns, [
          ['C-1', 'USD', 'tomorrow', '1'],
          ['C-2', 'USD', '', 'much'],
        ]),
      ).to.equal('DMF2016,DMF2018');
    });

    it('C2: DMF2022: a mapped column that the file lacks', async () => {
      expect(await only(COLUMNS.slice(0, 2), [['C-1', 'Contract']], COLUMNS)).to.equal('DMF2022');
    });

    it('C2: DMF2025: a mapped column that is not in the file, which has one without a map instead', async () => {
      const renamed = [...COLUMNS.slice(0, 4), 'RATE'];
      expect(await only(renamed, [row('C-1')], COLUMNS)).to.equal('DMF2025');
    });

    it('C2: a column without a map is no fault by itself: nobody reads it', async () => {
      const columns = [...COLUMNS, 'REMARK'];
      expect(await only(columns, [[...row('C-1'), 'Not for F&O']], COLUMNS)).to.equal('');
      expect(await contractsOf(client)).to.have.length(1);
    });

    it('C2: DMF1999: other marks between the columns than the format says', async () => {
      const lines = [COLUMNS.join(';'), row('C-1').join(';')].map((line) => [line]);
      expect(await only(lines[0] ?? [], lines.slice(1), COLUMNS)).to.equal('DMF1999');
    });

    it('C2: lines that did not reach the staging table are in a file of their own', async () => {
      const { json } = await importOf(client, packageOf(COLUMNS, [row('C-1'), row('C-1', 'Again')]));
      await statusOf(client, json.value);
      const parameters = { executionId: json.value, entityName: CONTRACTS };
      const { value: url } = (await act(client, 'GetImportStagingErrorFileUrl', parameters)).json;
      expect(await (await fetch(url)).text()).to.equal(`${COLUMNS.join()}\r\n${row('C-1', 'Again').join()}\r\n`);
    });
  });

  describe('the order of an import', () => {
    /** Contracts, of which none gets through, and behind them currencies. */
    const afterFailure = async (gate: string, second: Json): Promise<Json> => {
      const parts = { more: gate ? { [gate]: 'Yes' } : {}, second: { codes: ['GBP'], ...second } };
      const { json } = await importOf(client, packageOf(COLUMNS, [row('C-1', 'Contract', 'NOBODY')], parts));
      const status = await statusOf(client, json.value);
      const jobs = await jobsOf(client, json.value);
      return [status, jobs.find(({ EntityName }) => EntityName === 'Currencies').TargetStatus];
    };

    const gates: readonly [what: string, gate: string, second: Json, status: string, target: string][] = [
      ['without a gate, what comes behind a failure is imported', '', { level: 1 }, 'PartiallySucceeded', 'Finished'],
      ['FailLevelOnError keeps back the rest of the level', 'FailLevelOnError', { level: 1 }, 'Failed', 'NotRun'],
      ['FailLevelOnError lets another level go on', 'FailLevelOnError', { level: 2 }, 'PartiallySucceeded', 'Finished'],
      ['FailExecutionUnitOnError keeps back every level', 'FailExecutionUnitOnError', { level: 2 }, 'Failed', 'NotRun'],
      [
        'FailExecutionUnitOnError lets another unit go on',
        'FailExecutionUnitOnError',
        { level: 1, unit: 2 },
        'PartiallySucceeded',
        'Finished',
      ],
    ];
    for (const [what, gate, second, status, target] of gates) {
      it(`C2: ${what}`, async () => expect(await afterFailure(gate, second)).to.deep.equal([status, target]));
    }

    it('C2: a level comes before the next one, whatever the order of the manifest', async () => {
      const inGbp = ['C-1', 'Contract', 'US-001', 'GBP', '1'];
      const parts = { more: { LevelInExecutionUnit: '2' }, second: { level: 1, codes: ['GBP'] } };
      const { json } = await importOf(client, packageOf(COLUMNS, [inGbp], parts));
      expect(await statusOf(client, json.value)).to.equal('Succeeded');
    });

    it('C2: in a level, entities follow their sequence', async () => {
      const inGbp = ['C-1', 'Contract', 'US-001', 'GBP', '1'];
      const imported = async (sequence: number, executionId: string): Promise<string> => {
        const parts = { more: { SequenceInLevel: String(sequence) }, second: { level: 1, codes: ['GBP'] } };
        await importOf(client, packageOf(COLUMNS, [inGbp], parts), { executionId });
        return statusOf(client, executionId);
      };
      expect(await imported(1, 'before the currency')).to.equal('PartiallySucceeded');
      await client.finops('DELETE', "Currencies('GBP')");
      expect(await imported(3, 'behind the currency')).to.equal('Succeeded');
    });
  });
});

describe('protocols C2: the order of the elements in a manifest', () => {
  const withOrder = async (manifestOrder: MemberOrder | undefined, arrange: PackageParts['arrange']) => {
    const client = await startWithCompanies({ finops: manifestOrder ? { manifestOrder } : {} });
    try {
      const answer = await importOf(client, packageOf(COLUMNS, [row('C-1')], arrange ? { arrange } : {}));
      if (answer.status !== 200) return infolog(answer);
      return [await statusOf(client, answer.json.value), (await contractsOf(client)).length];
    } finally {
      await client.sandbox.stop();
    }
  };
  /** The map of fields, moved behind everything else. */
  const mapLast = (names: readonly string[]) => [
    ...names.filter((name) => name !== 'EntityMapList').sort(),
    'EntityMapList',
  ];
  const backwards = (names: readonly string[]) => [...names].sort().reverse();

  it('C2: what comes too late in the alphabet is passed over, in silence: success, and no row', async () => {
    expect(await withOrder(undefined, mapLast)).to.deep.equal(['Succeeded', 0]);
  });

  it('C2: so is the name of an entity behind its format: there is none without a name', async () => {
    expect(await withOrder('alphabetical', backwards)).to.equal('Entity  does not exist in the target environment.');
  });

  it('elements in any order are read where the switch says so', async () => {
    expect(await withOrder('any', mapLast)).to.deep.equal(['Succeeded', 1]);
    expect(await withOrder('any', backwards)).to.deep.equal(['Succeeded', 1]);
  });
});
