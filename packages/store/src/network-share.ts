import { statfs } from 'node:fs/promises';

/** File systems in which several machines see the same files, as `statfs(2)` of Linux numbers them. */
const SHARED: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'SMB'],
  [0xfe534d42, 'SMB'],
  [0x00c36400, 'Ceph'],
  [0x0bd00bd0, 'Lustre'],
  [0x5346414f, 'AFS'],
]);

/** A share of Windows by its own name, `\\server\share`; one behind a drive letter cannot be told. */
const UNC = /^[\\/]{2}(?![.?][\\/])/;

/**
 * The kind of network share that a folder lies on; undefined where it lies on a disk of this machine, or the system does
 * not say.
 */
export async function networkShareAt(folder: string): Promise<string | undefined> {
  if (process.platform === 'win32') return UNC.test(folder) ? 'SMB' : undefined;
  return process.platform === 'linux' ? shareOfType((await statfs(folder)).type) : undefined;
}

/** @param type as the kernel gives it; where a long has 32 bits, it may come with its sign */
export const shareOfType = (type: number): string | undefined => SHARED.get(type >>> 0);
