/** Randomness without state: a value depends on seed, label and index alone, so that any row can be made by itself. */

/** Uniform whole numbers in 0 … 2³²−1. */
export type Dice = (index: number) => number;

const golden = 0x9e3779b1;

/** The finaliser of MurmurHash3: a bijection on 32 bits, so that different inputs stay different. */
function mix(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function startOf(seed: number, label: string): number {
  let h = mix(seed);
  for (let i = 0; i < label.length; i++) h = Math.imul(h ^ label.charCodeAt(i), 0x01000193);
  return mix(h);
}

export function dice(seed: number, label: string): Dice {
  const start = startOf(seed, label);
  return (index) => mix(start + Math.imul(index, golden));
}

export function pick<T>(choices: readonly [T, ...T[]], roll: number): T {
  return choices[roll % choices.length] ?? choices[0];
}

/** Every byte as its two hexadecimal digits. */
const hexPairs = Uint8Array.from({ length: 512 }, (_, i) =>
  (i >>> 1)
    .toString(16)
    .padStart(2, '0')
    .charCodeAt(i & 1),
);
/** Where the dashes of a guid stand. */
const blank = Buffer.from('00000000-0000-0000-0000-000000000000');

/** Guids that other rows name again and again; those beyond are mostly the rows' own. */
const knownGuids = 100_000;

/**
 * Random-looking (version 4) guids. The first 32 bits differ for every index of a label, so none comes twice. Written as
 * bytes: put together from parts, the text would take the memory of all of them.
 */
export function guids(seed: number, label: string): (index: number) => string {
  const first = dice(seed, label);
  const salt = startOf(seed, `${label}:guid`);
  const known = new Map<number, string>();
  const text = Buffer.from(blank);
  const make = (index: number): string => {
    const a = first(index);
    const b = mix(a ^ salt);
    const c = mix(b + golden);
    const d = mix(c + golden);
    writeHex(text, 0, a, 8);
    writeHex(text, 9, b >>> 16, 4);
    writeHex(text, 14, 0x4000 | (b & 0x0fff), 4);
    writeHex(text, 19, 0x8000 | (c & 0x3fff), 4);
    writeHex(text, 24, c >>> 16, 4);
    writeHex(text, 28, d, 8);
    return text.toString('latin1');
  };
  return (index) => {
    if (index >= knownGuids) return make(index);
    const guid = known.get(index) ?? make(index);
    known.set(index, guid);
    return guid;
  };
}

function writeHex(text: Buffer, at: number, value: number, digits: number): void {
  for (let end = at + digits, rest = value; end > at; end -= 2, rest >>>= 8) {
    const pair = (rest & 0xff) << 1;
    text[end - 2] = hexPairs[pair] ?? 0;
    text[end - 1] = hexPairs[pair + 1] ?? 0;
  }
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** Numbers as Dataverse's auto-numbering writes them: `ORD-01022-Z4M9Q0` (prefix, running number, six characters). */
export function autoNumbers(seed: number, prefix: string): (index: number) => string {
  const roll = dice(seed, `${prefix}:suffix`);
  return (index) => {
    let rest = roll(index);
    let suffix = '';
    for (let i = 0; i < 6; i++) {
      suffix += alphabet[rest % 36] ?? '';
      rest = Math.floor(rest / 36);
    }
    return `${prefix}-${String(1000 + index).padStart(5, '0')}-${suffix}`;
  };
}
