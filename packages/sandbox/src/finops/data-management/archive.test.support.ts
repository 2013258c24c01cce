import { unzipSync, zipSync, type Zippable } from 'fflate';
import { constants, deflateRawSync } from 'node:zlib';

const DEFLATED = 8;
/** Where a header has its method, and the size of the file when it is unpacked: that of the file, that of the directory. */
const HEADERS = [
  { signature: 'PK\u0003\u0004', method: 8, size: 22, name: 30 },
  { signature: 'PK\u0001\u0002', method: 10, size: 24, name: 46 },
];

/** A megabyte or so of deflated data that a gibibyte of spaces comes out of. */
export function deflatedGibibyte(): Uint8Array {
  const megabyte = Buffer.alloc(2 ** 20, ' ');
  // Flushed, so that it can be said again and again.
  const block = deflateRawSync(megabyte, { finishFlush: constants.Z_FULL_FLUSH });
  return Buffer.concat([...Array.from({ length: 1024 }, () => block), deflateRawSync('')]);
}

/** The archive with one file replaced by deflated data, of which the archive says that it unpacks to so many bytes. */
export function lyingArchive(sound: Uint8Array, name: string, deflated: Uint8Array, size: number): Uint8Array {
  const files: Zippable = { ...unzipSync(sound), [name]: [deflated, { level: 0 }] };
  const archive = Buffer.from(zipSync(files));
  for (const header of HEADERS) {
    let at = archive.indexOf(header.signature);
    while (at >= 0 && archive.toString('latin1', at + header.name, at + header.name + name.length) !== name)
      at = archive.indexOf(header.signature, at + 1);
    archive.writeUInt16LE(DEFLATED, at + header.method);
    archive.writeUInt32LE(size, at + header.size);
  }
  return archive;
}

/** The archive with the sizes of its first file written in 64 bits, as some writers always do. */
export function wideArchive(sound: Uint8Array): Uint8Array {
  const archive = Buffer.from(sound);
  const entry = archive.indexOf('PK\u0001\u0002');
  const end = archive.indexOf('PK\u0005\u0006');
  const extra = Buffer.alloc(20);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(16, 2);
  extra.writeBigUInt64LE(BigInt(archive.readUInt32LE(entry + 24)), 4);
  extra.writeBigUInt64LE(BigInt(archive.readUInt32LE(entry + 20)), 12);
  archive.writeUInt32LE(0xffff_ffff, entry + 20);
  archive.writeUInt32LE(0xffff_ffff, entry + 24);
  archive.writeUInt16LE(extra.length, entry + 30);
  archive.writeUInt32LE(archive.readUInt32LE(end + 12) + extra.length, end + 12);
  const behind = entry + 46 + archive.readUInt16LE(entry + 28);
  return Buffer.concat([archive.subarray(0, behind), extra, archive.subarray(behind)]);
}
