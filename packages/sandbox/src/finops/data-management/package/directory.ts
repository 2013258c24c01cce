/** A file of an archive, as the directory at the archive's end describes it. */
export interface ArchivedFile {
  readonly name: string;
  /** As it is stored. */
  readonly data: Uint8Array;
  readonly method: number;
  readonly crc: number;
  /** Unpacked, if the directory tells the truth. */
  readonly size: number;
}

const END = 0x06054b50;
const END_SIZE = 22;
const LONGEST_COMMENT = 0xffff;
const ENTRY = 0x02014b50;
const ENTRY_SIZE = 46;
const LOCAL = 0x04034b50;
const LOCAL_SIZE = 30;
/** A size or place that is too large for its 32 bits, or was written as if it were: the extra field has it. */
const ELSEWHERE = 0xffff_ffff;
const ZIP64 = 1;
const NAME_IS_UTF8 = 0x800;

/**
 * The directory of a zip archive (APPNOTE 4.3). What lies outside of the archive cannot be read.
 *
 * @throws RangeError where this is no archive
 */
export function* directoryOf(bytes: Uint8Array): Generator<ArchivedFile> {
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(archive);
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    ensure(archive.readUInt32LE(at) === ENTRY);
    const [nameSize, extraSize, commentSize] = [28, 30, 32].map((field) => archive.readUInt16LE(at + field));
    const name = at + ENTRY_SIZE;
    const extra = name + (nameSize ?? 0);
    const next = extra + (extraSize ?? 0);
    const wide = wideNumbers(archive.subarray(extra, next));
    const number = (field: number): number => {
      const value = archive.readUInt32LE(at + field);
      return value === ELSEWHERE ? (wide.next().value ?? value) : value;
    };
    const [size, packed, local] = [number(24), number(20), number(42)];
    const encoding = (archive.readUInt16LE(at + 8) & NAME_IS_UTF8) === 0 ? 'latin1' : 'utf8';
    yield {
      name: archive.toString(encoding, name, extra),
      data: contentAt(archive, local, packed),
      method: archive.readUInt16LE(at + 10),
      crc: archive.readUInt32LE(at + 16),
      size,
    };
    at = next + (commentSize ?? 0);
  }
}

/** Where the record at the end of the archive begins; nothing but a comment comes behind it. */
function endOf(archive: Buffer): number {
  const first = Math.max(0, archive.length - END_SIZE - LONGEST_COMMENT);
  for (let at = archive.length - END_SIZE; at >= first; at--) if (archive.readUInt32LE(at) === END) return at;
  throw new RangeError('No end of the directory.');
}

/** The numbers of 64 bits that stand for those which are elsewhere, in their order. */
function* wideNumbers(extra: Buffer): Generator<number> {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== ZIP64) continue;
    const until = at + 4 + extra.readUInt16LE(at + 2);
    for (let field = at + 4; field + 8 <= until; field += 8) yield Number(extra.readBigUInt64LE(field));
  }
}

/** The file has a header of its own in front, whose length only that header knows. */
function contentAt(archive: Buffer, local: number, packed: number): Uint8Array {
  ensure(archive.readUInt32LE(local) === LOCAL);
  const start = local + LOCAL_SIZE + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  ensure(start + packed <= archive.length);
  return archive.subarray(start, start + packed);
}

function ensure(holds: boolean): void {
  if (!holds) throw new RangeError('The directory leads nowhere.');
}
