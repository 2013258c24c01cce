import { parse } from 'csv-parse/sync';

/**
 * Whole lines of a file that names refused rows, header first. A last line without an end may be the beginning of another
 * row's key; of a file that was cut off within quotes nothing can be read.
 */
export function linesOf(file: Buffer): string[][] {
  const isUtf16 = file[0] === 0xff && file[1] === 0xfe;
  const text = file.toString(isUtf16 ? 'utf16le' : 'utf8');
  try {
    return parse(text.slice(0, text.lastIndexOf('\n') + 1), { bom: true, relaxColumnCount: true });
  } catch {
    return [];
  }
}
