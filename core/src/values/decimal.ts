const [MINUS, POINT, ZERO, NINE] = [45, 46, 48, 57] as const;
const SCIENTIFIC = /^(-?)(\d+)(?:\.(\d+))?[eE]([+-]?\d{1,3})$/;

export function isDecimal(text: string): boolean {
  return canonicalDecimal(text) !== undefined;
}

/**
 * One spelling for one number, so that `20000.0000` and `20000` compare and hash alike. Works on the digits; nothing
 * is rounded and nothing passes through a double.
 *
 * @returns undefined where `text` is no decimal number
 */
export function canonicalDecimal(text: string): string | undefined {
  const start = text.charCodeAt(0) === MINUS ? 1 : 0;
  let point = -1;
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === POINT && point < 0 && i > start) point = i;
    else if (code < ZERO || code > NINE) return canonicalScientific(text);
  }
  if (text.length === start) return undefined;
  return withoutIdleZeros(text, start, point < 0 ? text.length : point);
}

function withoutIdleZeros(text: string, start: number, point: number): string {
  let first = start;
  while (first < point - 1 && text.charCodeAt(first) === ZERO) first++;
  let end = text.length;
  if (point < end) {
    while (text.charCodeAt(end - 1) === ZERO) end--;
    if (end === point + 1) end = point;
  }
  const digits = text.slice(first, end);
  return start === 0 || digits === '0' ? digits : `-${digits}`;
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
