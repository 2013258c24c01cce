import { readFileSync, writeFileSync } from 'node:fs';
import { isIsthmusError } from '@isthmus/core';
import { cliErrors } from '../errors.js';

const BEGIN = '<!-- begin: isthmus docs templates -->';
const END = '<!-- end: isthmus docs templates -->';

/** Puts the text between the two markers of a file. */
export function writeBetween(file: string, generated: string): void {
  try {
    writeFileSync(file, replaceBetween(file, readFileSync(file, 'utf8'), generated));
  } catch (thrown) {
    if (isIsthmusError(thrown)) throw thrown;
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    throw cliErrors.CLI_FILE_NOT_WRITTEN({ file, message }, { cause: thrown });
  }
}

function replaceBetween(file: string, text: string, generated: string): string {
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin < 0 || end < begin) throw cliErrors.CLI_MARKERS_MISSING({ file, begin: BEGIN, end: END });
  return `${text.slice(0, begin + BEGIN.length)}\n\n${generated.trimEnd()}\n\n${text.slice(end)}`;
}
