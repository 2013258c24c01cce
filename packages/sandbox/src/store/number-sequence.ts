import type { Store } from './store.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const SUFFIX = 6;

/** The next name of a sequence: `ORD-01022-Z4M9Q0`, its last part scrambled from the number. */
export function nextInSequence(store: Store, prefix: string): string {
  const number = (store.sequences.get(prefix) ?? 1000) + 1;
  store.sequences.set(prefix, number);
  let scrambled = Math.imul(number, 0x9e3779b1) >>> 0;
  let suffix = '';
  for (let position = 0; position < SUFFIX; position++) {
    suffix += ALPHABET.charAt(scrambled % ALPHABET.length);
    scrambled = Math.imul(scrambled ^ (scrambled >>> 15), 0x85ebca6b) >>> 0;
  }
  return `${prefix}-${String(number).padStart(5, '0')}-${suffix}`;
}
