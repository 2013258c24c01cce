import { unzipSync } from 'fflate';
import { PackageFault } from './fault.js';

/** What an archive may grow to when it is unpacked. */
const LARGEST = 512 * 1024 * 1024;

/**
 * Files of an archive, by name.
 *
 * @throws PackageFault
 */
export function unzip(bytes: Uint8Array, what = 'The package'): ReadonlyMap<string, Uint8Array> {
  let size = 0;
  try {
    const files = unzipSync(bytes, {
      filter: ({ originalSize }) => {
        size += originalSize;
        if (size > LARGEST) throw new PackageFault(`${what} is too large when it is unpacked.`);
        return true;
      },
    });
    return new Map(Object.entries(files));
  } catch (cause) {
    if (cause instanceof PackageFault) throw cause;
    throw new PackageFault(`${what} is not a valid zip archive, or it is cut off.`, { cause });
  }
}
