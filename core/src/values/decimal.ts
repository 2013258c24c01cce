const PLAIN = /^(-?)0*(\d+)(?:\.(\d*?)0*)?$/;
const SCIENTIFIC = /^(-?)(\d+)(?:\.(\d+))?[eE]([+-]?\d{1,3})$/;

export function isDecimal(text: string): boolean {
  return PLAIN.test(text) || SCIENTIFIC.test(text);
}

/**
 * One spelling for one number, so that `20000.0000` and `20000` compare and hash alike. Works on the digits; nothing
 * is rounded and nothing passes through a double.
 *
 * @returns undefined where `text` is no decimal number
 */
export function canonicalDecimal(text: string): string | undefined {
  const plain = PLAIN.exec(text);
  if (!plain) return canonicalScientific(text);
  const [, sign, whole, fraction] = plain;
  const digits = fraction ? `${whole}.${fraction}` : `${whole}`;
  return digits === '0' ? '0' : `${sign}${digits}`;
}

function canonicalScientific(text: string): string | undefined {
  const parts = SCIENTIFIC.exec(text);
  if (!parts) return undefined;
  const [, sign, whole = '', fraction = '', exponent] = parts;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = Math.max(point, 1);
  return canonicalDecimal(`${sign}${padded.slice(0, at)}.${padded.slice(at)}`);
}
