import { tmpdir } from 'node:os';
import { expect } from 'chai';
import { networkShareAt, shareOfType } from './network-share.js';

describe('A folder for a store', () => {
  it('is on a network share where the file system is one that machines share', () => {
    expect(shareOfType(0x6969)).to.equal('NFS');
    expect(shareOfType(0xff534d42)).to.equal('SMB');
    // The same number, read as a signed one.
    expect(shareOfType(-11_317_950)).to.equal('SMB');
  });

  it('is on this machine where the file system is that of a disk, of memory or of a container', async () => {
    const [ext4, btrfs, xfs, tmpfs, overlay] = [0xef53, 0x9123683e, 0x58465342, 0x01021994, 0x794c7630];
    for (const type of [ext4, btrfs, xfs, tmpfs, overlay]) expect(shareOfType(type)).to.equal(undefined);
    expect(await networkShareAt(tmpdir())).to.equal(undefined);
  });
});
