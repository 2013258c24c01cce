import { expect } from 'chai';
import { unzipSync, zipSync } from 'fflate';
import { type SandboxClient } from '../../client.test.support.js';
import { infolog, startWithCompanies } from '../world.test.support.js';
import { COLUMNS, errorsOf, importOf, packageOf, row, statusOf, unicode } from './package.test.support.js';
import { PackageFault, readDataFile, readPackage, type PackageEntity } from './package/index.js';
import { workbook } from './workbook.test.support.js';

/** No single package may take longer to be refused. */
const SLOW_MS = 2000;

describe('bad packages', () => {
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

  it('of an entity that is not known, of a file that is not there, of a format that does not exist', async () => {
    expect(await refusal(packageOf(COLUMNS, [], { entityName: 'Nothing' }))).to.contain(
      'Entity Nothing does not exist',
    );
    const failing = async (bytes: Uint8Array): Promise<string> => {
      const { json } = await importOf(client, bytes);
      expect(await statusOf(client, json.value)).to.equal('Failed');
      return (await errorsOf(client, json.value))[0].ErrorMessage;
    };
    expect(await failing(packageOf(COLUMNS, [row('C-1')], { format: 'FIXED' }))).to.contain("'FIXED' does not exist");
    const { 'data.csv': _data, ...others } = unzipSync(packageOf(COLUMNS, [row('C-1')]));
    expect(await failing(zipSync(others))).to.contain('no file data.csv');
  });

  it('of a workbook that is none, is damaged, or grows without end', async () => {
    const failing = async (data: Uint8Array): Promise<string> => {
      const { json } = await importOf(client, packageOf(COLUMNS, [], { format: 'EXCEL', data }));
      expect(await statusOf(client, json.value)).to.equal('Failed');
      return (await errorsOf(client, json.value))[0].ErrorMessage;
    };
    expect(await failing(Buffer.from('PROJECTCONTRACTID'))).to.contain('data.csv is not a valid zip archive');
    expect(await failing(zipSync({ 'xl/workbook.xml': Buffer.from('<workbook/>') }))).to.contain('DMF040');
    const bomb = Buffer.from(workbook({ Sheet1: [COLUMNS] }));
    bomb.writeUInt32LE(0xffff_fff0, bomb.indexOf('PK\u0001\u0002') + 24);
    expect(await failing(bomb)).to.contain('too large');
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

  it('with a cell of ten megabytes: the row is refused', async () => {
    const { json } = await importOf(client, packageOf(COLUMNS, [row('C-1', 'x'.repeat(10_000_000)), row('C-2')]));
    expect(await statusOf(client, json.value)).to.equal('PartiallySucceeded');
  });

  it('with damaged text inside are refused, or read as far as they go', () => {
    const roll = numbers(11);
    const text = new TextDecoder('utf-16le').decode(unzipSync(packageOf(COLUMNS, []))['Manifest.xml']).slice(1);
    const until = performance.now() + 1000;
    while (performance.now() < until) {
      const [at, length] = [roll(text.length), roll(40)];
      const damaged =
        text.slice(0, at) +
        text.slice(at + roll(3), at + length) +
        '<"&\u0000'.charAt(roll(4)) +
        text.slice(at + length);
      const entry = { 'PackageHeader.xml': unicode('<h/>'), 'Manifest.xml': unicode(damaged) };
      try {
        readPackage(zipSync(entry, { level: 0 }));
      } catch (fault) {
        expect(fault).to.be.instanceOf(PackageFault);
      }
    }
  });

  it('of workbooks that are damaged inside are refused, or read as far as they go', () => {
    const roll = numbers(5);
    const parts = unzipSync(workbook({ Sheet1: [COLUMNS, row('C-1'), ['C-2', 1.5, true, new Date()]] }));
    const until = performance.now() + 1000;
    let read = 0;
    while (performance.now() < until) {
      const damaged = Object.entries(parts).map(([name, content]) => {
        const bytes = Uint8Array.from(content);
        for (let flips = roll(3); flips > 0; flips--) bytes[roll(bytes.length)] = roll(256);
        return [name, bytes] as const;
      });
      try {
        readDataFile(zipSync(Object.fromEntries(damaged), { level: 0 }), entityIn('EXCEL'));
        read++;
      } catch (fault) {
        expect(fault).to.be.instanceOf(PackageFault);
      }
    }
    expect(read).to.be.above(0);
  });

  it('made of noise never take the sandbox down', () => {
    const next = numbers(7);
    const sound = packageOf(COLUMNS, [row('C-1')]);
    const until = performance.now() + 1500;
    let read = 0;
    while (performance.now() < until) {
      const bytes = Uint8Array.from(sound);
      for (let flips = 1 + next(8); flips > 0; flips--) bytes[next(bytes.length)] = next(256);
      const before = performance.now();
      try {
        const { manifest, file } = readPackage(bytes.subarray(0, bytes.length - next(4) * next(50)));
        for (const entity of manifest.entities) readDataFile(file(entity.file) ?? new Uint8Array(), entity);
        read++;
      } catch (fault) {
        expect(fault).to.be.instanceOf(PackageFault);
      }
      expect(performance.now() - before).to.be.below(SLOW_MS);
    }
    expect(read).to.be.above(0);
  });
});

/** What the manifest says of the first entity, in this format. */
function entityIn(format: string): PackageEntity {
  const [entity] = readPackage(packageOf(COLUMNS, [], { format })).manifest.entities;
  if (!entity) throw new TypeError('The manifest names no entity.');
  return entity;
}

/** The same numbers again for the same seed. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >>> 8) % below;
  };
}
