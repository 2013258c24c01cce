/** The text of a file of a package, and how it was encoded. */
export interface FileText {
  readonly text: string;
  /** UTF-16, little endian, with its mark in front: what F&O calls Unicode. */
  readonly unicode: boolean;
}

/** F&O writes UTF-16LE with a byte order mark; UTF-8 is read as well. */
export function decodeFile(bytes: Uint8Array): FileText {
  const unicode = bytes[0] === 0xff && bytes[1] === 0xfe;
  return { text: new TextDecoder(unicode ? 'utf-16le' : 'utf-8').decode(bytes), unicode };
}

export function encodeUnicode(text: string): Uint8Array {
  return Buffer.from(`\ufeff${text}`, 'utf16le');
}
