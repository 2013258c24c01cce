import { expect } from 'chai';
import { unzipSync, zipSync } from 'fflate';
import { deflateRawSync } from 'node:zlib';
import { type SandboxClient } from '../../client.test.support.js';
import { fuzz, SEED, SLOW_MS } from '../../fuzz.test.support.js';
import { infolog, startWithCompanies } from '../world.test.support.js';
import { deflatedGibibyte, lyingArchive, wideArchive } from './archive.test.support.js';
import { COLUMNS, contractsOf, errorsOf, importOf, packageOf, row, statusOf, unicode } from './package.test.support.js';
import { PackageFault, readDataFile, readPackage, type PackageEntity } from './package/index.js';
import { workbook } from './workbook.test.support.js';

/** What is refused without being unpacked takes no longer. */
const PROMPT_MS = 1000;

const isFault = (failure: unknown): boolean => failure instanceof PackageFault;

describe(`bad packages (seed ${SEED})`, () => {
  let client: SandboxClient;

  beforeEach(async () => {
    client = await startWithCompanies();
  });
  afterEach(() => client.sandbox.stop());
  const refusal = async (bytes: Uint8Array): Promise<string> => {
    const answer = await importOf(client, bytes);
    expect(answer.status).to.equal(400);
    return infolog(answer);
  };

  const failure = async (bytes: Uint8Array): Promise<string> => {
    const { json } = await importOf(client, bytes);
    expect(await statusOf(client, json.value)).to.equal('Failed');
    return (await errorsOf(client, json.value))[0].ErrorMessage;
  };
  const failureOfWorkbook = (data: Uint8Array): Promise<string> =>
    failure(packageOf(COLUMNS, [], { format: 'EXCEL', data }));

  it('cut off, or no archive at all', async () => {
    const whole = packageOf(COLUMNS, [row('C-1')]);
    expect(await refusal(whole.subarray(0, whole.length - 40))).to.contain('not a valid zip archive');
    expect(await refusal(Buffer.from('PK but nothing more'))).to.contain('not a valid zip archive');
  });

  it('at an address that is none, or is not encoded as it should be', async () => {
    for (const packageUrl of ['http://[', 'https://x/dmf/%zz', '']) {
      const answer = await importOf(client, packageOf(COLUMNS, [row('C-1')]), { packageUrl });
      expect(answer.status, packageUrl).to.equal(400);
    }
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

  describe('of which the directory lies', () => {
    const promptly = async <T>(work: () => Promise<T>): Promise<T> => {
      const started = performance.now();
      const result = await work();
      expect(performance.now() - started).to.be.below(PROMPT_MS);
      return result;
    };

    it('a gibibyte that calls itself a hundred bytes is not unpacked: the package is refused at once', async () => {
      const bomb = lyingArchive(packageOf(COLUMNS, [row('C-1')]), 'data.csv', deflatedGibibyte(), 100);
      expect(bomb.length).to.be.below(2 ** 21);
      expect(await promptly(() => refusal(bomb))).to.contain('the file data.csv is not what the archive says of it');
      expect(await contractsOf(client)).to.deep.equal([]);
    });

    it('nor is it in a workbook', async () => {
      const sheet = 'xl/worksheets/s0.xml';
      const bomb = lyingArchive(workbook({ Sheet1: [COLUMNS, row('C-1')] }), sheet, deflatedGibibyte(), 100);
      expect(await promptly(() => failureOfWorkbook(bomb))).to.contain(
        `the file ${sheet} is not what the archive says of it`,
      );
    });

    it('a file of the wrong size, shorter or longer, or with the wrong checksum, is not believed', async () => {
      const sound = packageOf(COLUMNS, [row('C-1')]);
      const data = unzipSync(sound)['data.csv'] ?? new Uint8Array();
      for (const size of [data.length - 1, data.length + 1, 0])
        expect(await refusal(lyingArchive(sound, 'data.csv', deflateRawSync(data), size))).to.contain('is damaged');
      const other = Uint8Array.from(data).fill(0x20, -4);
      expect(await refusal(lyingArchive(sound, 'data.csv', deflateRawSync(other), data.length))).to.contain('damaged');
    });

    it('sizes of 64 bits are read where they stand', async () => {
      const { json } = await importOf(client, wideArchive(packageOf(COLUMNS, [row('C-1')])));
      expect(await statusOf(client, json.value)).to.equal('Succeeded');
    });
  });

  it('of an entity that is not known, of a file that is not there, of a format that does not exist', async () => {
    expect(await refusal(packageOf(COLUMNS, [], { entityName: 'Nothing' }))).to.contain(
      'Entity Nothing does not exist',
    );
    expect(await failure(packageOf(COLUMNS, [row('C-1')], { format: 'FIXED' }))).to.contain("'FIXED' does not exist");
    const { 'data.csv': _data, ...others } = unzipSync(packageOf(COLUMNS, [row('C-1')]));
    expect(await failure(zipSync(others))).to.contain('no file data.csv');
  });

  it('of a workbook that is none, is damaged, or grows without end', async () => {
    expect(await failureOfWorkbook(Buffer.from('PROJECTCONTRACTID'))).to.contain('data.csv is not a valid zip archive');
    expect(await failureOfWorkbook(zipSync({ 'xl/workbook.xml': Buffer.from('<workbook/>') }))).to.contain('DMF040');
    const bomb = Buffer.from(workbook({ Sheet1: [COLUMNS] }));
    bomb.writeUInt32LE(0xffff_fff0, bomb.indexOf('PK\u0001\u0002') + 24);
    expect(await failureOfWorkbook(bomb)).to.contain('too large');
  });

  it('with a cell in the last corner of a sheet: no other cell is made for it', () => {
    const far = workbook({ Sheet1: [['A']] });
    const parts = unzipSync(far);
    const sheet = Buffer.from(parts['xl/worksheets/s0.xml'] ?? []).toString();
    const corner = '</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>';
    parts['xl/worksheets/s0.xml'] = Buffer.from(sheet.replace('</row>', corner));
    const started = performance.now();
    expect(() => readDataFile(zipSync(parts), entityIn('EXCEL'))).to.throw(PackageFault, 'DMF1966');
    expect(performance.now() - started).to.be.below(SLOW_MS);
  });

  it('with a day beyond every calendar in a sheet: the row is refused', async () => {
    const columns = [...COLUMNS, 'ADDRESSVALIDFROM'];
    const parts = unzipSync(workbook({ Sheet1: [columns, [...row('C-1'), new Date('2026-03-01T00:00:00Z')]] }));
    const sheet = Buffer.from(parts['xl/worksheets/s0.xml'] ?? []).toString();
    parts['xl/worksheets/s0.xml'] = Buffer.from(sheet.replace('<v>46082</v>', '<v>460820000000</v>'));
    const dated = packageOf(columns, [], { format: 'EXCEL', data: zipSync(parts) });
    expect(await failure(dated)).to.match(/^DMF2016: '########'/);
  });

  it('with a cell of ten megabytes: the row is refused', async () => {
    const { json } = await importOf(client, packageOf(COLUMNS, [row('C-1', 'x'.repeat(10_000_000)), row('C-2')]));
    expect(await statusOf(client, json.value)).to.equal('PartiallySucceeded');
  });

  it('with damaged text inside are refused, or read as far as they go', () => {
    const text = new TextDecoder('utf-16le').decode(unzipSync(packageOf(COLUMNS, []))['Manifest.xml']).slice(1);
    const header = unicode('<h/>');
    const { tried } = fuzz(
      (roll) => {
        const [at, length] = [roll(text.length), roll(40)];
        const rest = text.slice(at + roll(3), at + length) + '<"&\u0000'.charAt(roll(4)) + text.slice(at + length);
        return text.slice(0, at) + rest;
      },
      (damaged) =>
        readPackage(zipSync({ 'PackageHeader.xml': header, 'Manifest.xml': unicode(damaged) }, { level: 0 })),
      isFault,
    );
    expect(tried).to.be.above(50);
  });

  it('of workbooks that are damaged inside are refused, or read as far as they go', () => {
    const parts = unzipSync(workbook({ Sheet1: [COLUMNS, row('C-1'), ['C-2', 1.5, true, new Date()]] }));
    const entity = entityIn('EXCEL');
    const { taken } = fuzz(
      (roll) =>
        Object.entries(parts).map(([name, content]) => {
          const bytes = Uint8Array.from(content);
          for (let flips = roll(3); flips > 0; flips--) bytes[roll(bytes.length)] = roll(256);
          return [name, bytes] as const;
        }),
      (damaged) => readDataFile(zipSync(Object.fromEntries(damaged), { level: 0 }), entity),
      isFault,
    );
    expect(taken).to.be.above(0);
  });

  it('made of noise never take the sandbox down', () => {
    const sound = packageOf(COLUMNS, [row('C-1')]);
    const { taken } = fuzz(
      (roll) => {
        const bytes = Uint8Array.from(sound);
        for (let flips = 1 + roll(8); flips > 0; flips--) bytes[roll(bytes.length)] = roll(256);
        return bytes.subarray(0, bytes.length - roll(4) * roll(50));
      },
      (bytes) => {
        const { manifest, file } = readPackage(bytes);
        for (const entity of manifest.entities) readDataFile(file(entity.file) ?? new Uint8Array(), entity);
      },
      isFault,
    );
    expect(taken).to.be.above(0);
  });
});

/** What the manifest says of the first entity, in this format. */
function entityIn(format: string): PackageEntity {
  const [entity] = readPackage(packageOf(COLUMNS, [], { format })).manifest.entities;
  if (!entity) throw new TypeError('The manifest names no entity.');
  return entity;
}
