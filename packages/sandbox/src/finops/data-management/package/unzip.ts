import { crc32, inflateRawSync } from 'node:zlib';
import { directoryOf, type ArchivedFile } from './directory.js';
import { PackageFault } from './fault.js';

/** What an archive may grow to when it is unpacked. */
const LARGEST = 512 * 1024 * 1024;
/** Bytes that are unpacked at a time, by the size of the file. */
const SMALLEST_CHUNK = 64;
const LARGEST_CHUNK = 1024 * 1024;
const STORED = 0;
const DEFLATED = 8;

/**
 * Files of an archive, by name. None gets larger than its directory says, and all together no larger than is allowed.
 *
 * @throws PackageFault
 */
export function unzip(bytes: Uint8Array, what = 'The package'): ReadonlyMap<string, Uint8Array> {
  const invalid = (cause: unknown) =>
    new PackageFault(`${what} is not a valid zip archive, or it is cut off.`, { cause });
  const files = readable(() => [...directoryOf(bytes)], invalid);
  if (files.reduce((sum, { size }) => sum + size, 0) > LARGEST)
    throw new PackageFault(`${what} is too large when it is unpacked.`);
  return new Map(
    files.map((file) => {
      const content = readable(() => unpacked(file), invalid);
      if (content?.length !== file.size || crc32(content) !== file.crc)
        throw new PackageFault(`${what} is damaged: the file ${file.name} is not what the archive says of it.`);
      return [file.name, content];
    }),
  );
}

/** @returns undefined where there is more of it than the directory says: it is not unpacked any further */
function unpacked({ data, method, size }: ArchivedFile): Uint8Array | undefined {
  if (method === STORED) return data;
  if (method !== DEFLATED) throw new RangeError(`Unknown method ${method}.`);
  try {
    return inflateRawSync(data, {
      maxOutputLength: Math.max(size, 1),
      chunkSize: Math.min(Math.max(size, SMALLEST_CHUNK), LARGEST_CHUNK),
    });
  } catch (cause) {
    if (cause instanceof RangeError) return undefined;
    throw cause;
  }
}

function readable<T>(work: () => T, invalid: (cause: unknown) => PackageFault): T {
  try {
    return work();
  } catch (cause) {
    throw invalid(cause);
  }
}
