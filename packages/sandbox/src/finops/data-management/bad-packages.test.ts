import { expect } from 'chai';
import { zipSync } from 'fflate';
import { type SandboxClient } from '../../client.test.support.js';
import { infolog, startWithCompanies } from '../world.test.support.js';
import { COLUMNS, importOf, packageOf, row, unicode } from './package.test.support.js';
import { readPackage } from './package/index.js';

describe('bad packages', () => {
  let client: SandboxClient;

  beforeEach(async () => {
    client = await startWithCompanies();
  });
  afterEach(() => client.sandbox.stop());

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
