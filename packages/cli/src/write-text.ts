import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { cliErrors } from './errors.js';

/** Writes a file of business data, however large, for its owner's eyes alone. */
export async function writeText(file: string, parts: AsyncIterable<string>): Promise<void> {
  try {
    await pipeline(Readable.from(parts), createWriteStream(file, { mode: 0o600 }));
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw cliErrors.CLI_FILE_NOT_WRITTEN({ file, message }, { cause });
  }
}
