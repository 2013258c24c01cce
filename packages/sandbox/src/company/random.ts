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

const hex = Array.from({ length: 0x10000 }, (_, n) => n.toString(16).padStart(4, '0'));
const hex16 = (n: number): string => hex[n & 0xffff] ?? '';

/** Random-looking (version 4) guids. The first 32 bits differ for every index of a label, so none comes twice. */
export function guids(seed: number, label: string): (index: number) => string {
  const first = dice(seed, label);
  const salt = startOf(seed, `${label}:guid`);
  return (index) => {
    const a = first(index);
    const b = mix(a ^ salt);
    const c = mix(b + golden);
    const d = mix(c + golden);
    const version = 0x4000 | (b & 0x0fff);
    const variant = 0x8000 | (c & 0x3fff);
    return `${hex16(a >>> 16)}${hex16(a)}-${hex16(b >>> 16)}-${hex16(version)}-${hex16(variant)}-${hex16(c >>> 16)}${hex16(d >>> 16)}${hex16(d)}`;
  };
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
