import { unzipSync, zipSync } from 'fflate';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The files of a folder by their names; their lines end with CRLF, whatever a checkout has made of them. */
export function textsOf(folder: string): Map<string, string> {
  const texts = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const);
  return new Map(texts.map(([name, text]) => [name, text.replaceAll(/\r?\n/g, '\r\n')]));
}

/** The texts as a zip archive of files in UTF-8. */
export const archiveOf = (texts: ReadonlyMap<string, string>): Uint8Array =>
  zipSync(Object.fromEntries([...texts].map(([name, text]) => [name, Buffer.from(text)])));

/** The files of a zip archive as texts, whichever Unicode they are in. */
export function textsIn(archive: Uint8Array): Map<string, string> {
  const files = Object.entries(unzipSync(archive));
  return new Map(files.map(([name, bytes]) => [name, decoded(bytes)]));
}

const decoded = (bytes: Uint8Array): string =>
  new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8').decode(bytes);
