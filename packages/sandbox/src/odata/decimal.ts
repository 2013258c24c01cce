/** Decimal arithmetic on digits. A decimal here is `-12.340`: no exponent, no leading zeros, any number of fraction digits. */

const NUMERAL = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** Most of what arrives has at most this many characters and can be compared as doubles without loss. */
const SAFE_LENGTH = 15;

/** The digits of a JSON or OData numeral without exponent; undefined where it is none. */
export function toDecimal(text: string): string | undefined {
  const parts = NUMERAL.exec(text);
  if (!parts) return undefined;
  const [, sign, whole = '', fraction = '', exponent] = parts;
  const shift = Number(exponent ?? 0);
  const digits = whole + fraction;
  const point = whole.length + shift;
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = point <= 0 ? 1 : point;
  return join(sign === '-', padded.slice(0, at), padded.slice(at));
}

/** Rounds half away from zero to `scale` digits after the point, and fills up to them where `fill` is set. */
export function toScale(decimal: string, scale: number, fill: boolean): string {
  const point = decimal.indexOf('.');
  const fraction = point < 0 ? '' : decimal.slice(point + 1);
  if (fraction.length > scale) return fromUnits(units(decimal, scale), scale, fill);
  const whole = point < 0 ? decimal : decimal.slice(0, point);
  const kept = fill ? fraction.padEnd(scale, '0') : trimmed(fraction);
  return kept ? `${whole}.${kept}` : whole === '-0' ? '0' : whole;
}

export function compareDecimals(left: string, right: string): number {
  if (left.length <= SAFE_LENGTH && right.length <= SAFE_LENGTH) return Number(left) - Number(right);
  const scale = Math.max(fractionLength(left), fractionLength(right));
  const difference = units(left, scale) - units(right, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** `left / right` with `scale` digits, rounded half away from zero; undefined when `right` is zero. */
export function divide(left: string, right: string, scale: number): string | undefined {
  const common = Math.max(fractionLength(left), fractionLength(right));
  const divisor = units(right, common);
  if (divisor === 0n) return undefined;
  const dividend = units(left, common) * 10n ** BigInt(scale);
  return fromUnits(roundedQuotient(dividend, divisor), scale, true);
}

export const negate = (decimal: string): string => (decimal.startsWith('-') ? decimal.slice(1) : asNegative(decimal));

const asNegative = (decimal: string): string => (/[1-9]/.test(decimal) ? `-${decimal}` : decimal);

/** All digits of the sum. */
export function sum(...decimals: readonly string[]): string {
  const scale = Math.max(0, ...decimals.map(fractionLength));
  return fromUnits(
    decimals.reduce((total, decimal) => total + units(decimal, scale), 0n),
    scale,
    false,
  );
}

/** All digits of the product. */
export function multiply(left: string, right: string): string {
  const [first, second] = [fractionLength(left), fractionLength(right)];
  return fromUnits(units(left, first) * units(right, second), first + second, false);
}

/** Which multiple of a step an amount goes to, by its magnitude; the nearest is half away from zero. */
export type Rounding = 'nearest' | 'down' | 'up';

/** `left / right` to `scale` digits at most; `otherwise` when `right` is zero. */
export function ratio(left: string, right: string, scale: number, otherwise: string): string {
  const quotient = divide(left, right, scale);
  return quotient === undefined ? otherwise : toScale(quotient, scale, false);
}

/** `left / right` rounded once, to a multiple of `step`. Neither `right` nor `step` may be zero. */
export function quotientInSteps(left: string, right: string, step: string, rounding: Rounding): string {
  const divisor = multiply(right, step);
  const scale = Math.max(fractionLength(left), fractionLength(divisor));
  const [dividend, by] = [units(left, scale), units(divisor, scale)];
  const truncated = dividend / by;
  const away = rounding === 'up' && dividend % by !== 0n ? (dividend < 0n === by < 0n ? 1n : -1n) : 0n;
  const steps = rounding === 'nearest' ? roundedQuotient(dividend, by) : truncated + away;
  return multiply(steps.toString(), step);
}

function units(decimal: string, scale: number): bigint {
  const point = decimal.indexOf('.');
  if (point < 0) return BigInt(decimal) * 10n ** BigInt(scale);
  const fraction = decimal.slice(point + 1);
  const digits = BigInt(decimal.slice(0, point) + fraction);
  if (fraction.length <= scale) return digits * 10n ** BigInt(scale - fraction.length);
  return roundedQuotient(digits, 10n ** BigInt(fraction.length - scale));
}

function roundedQuotient(dividend: bigint, divisor: bigint): bigint {
  const negative = dividend < 0n !== divisor < 0n;
  const [above, below] = [dividend < 0n ? -dividend : dividend, divisor < 0n ? -divisor : divisor];
  const quotient = (above * 2n + below) / (below * 2n);
  return negative ? -quotient : quotient;
}

function fromUnits(value: bigint, scale: number, fill: boolean): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const at = digits.length - scale;
  const fraction = digits.slice(at);
  return join(value < 0n, digits.slice(0, at), fill ? fraction : trimmed(fraction));
}

function join(negative: boolean, whole: string, fraction: string): string {
  let start = 0;
  while (start < whole.length - 1 && whole.charCodeAt(start) === 48) start++;
  const digits = whole.slice(start);
  const text = fraction ? `${digits}.${fraction}` : digits;
  return negative && /[1-9]/.test(text) ? `-${text}` : text;
}

const fractionLength = (decimal: string): number => {
  const point = decimal.indexOf('.');
  return point < 0 ? 0 : decimal.length - point - 1;
};

function trimmed(fraction: string): string {
  let end = fraction.length;
  while (end > 0 && fraction.charCodeAt(end - 1) === 48) end--;
  return fraction.slice(0, end);
}
