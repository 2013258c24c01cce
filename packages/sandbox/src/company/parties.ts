import { dice, pick } from './random.js';
import { cities, companyNames, divisions, firstNames, lastNames, streets } from './vocabulary.js';

/** Who the accounts and contacts are: PSA and F&O know them by the same numbers and names. */

const padded = (index: number): string => String(index + 1).padStart(3, '0');

/** PSA account numbers are F&O customer accounts. */
export const accountNumber = (index: number): string => `US-${padded(index)}`;
export const contactNumber = (index: number): string => `PERS-${padded(index)}`;

export interface Address {
  line1: string;
  city: string;
  state: string;
  postalCode: string;
  country: string;
}

export function addresses(seed: number, label: string): (index: number) => Address {
  const place = dice(seed, `${label}.city`);
  const street = dice(seed, `${label}.street`);
  return (index) => {
    const { name, state, postalCode, country } = pick(cities, place(index));
    const roll = street(index);
    return { line1: `${1 + (roll % 200)} ${pick(streets, roll >>> 8)}`, city: name, state, postalCode, country };
  };
}

export function accountNames(seed: number): (index: number) => string {
  const name = dice(seed, 'account.name');
  return (index) => {
    const roll = name(index);
    return `${pick(companyNames, roll)} ${pick(divisions, roll >>> 8)}`;
  };
}

export function contactNames(seed: number): (index: number) => { first: string; last: string } {
  const name = dice(seed, 'contact.name');
  return (index) => {
    const roll = name(index);
    return { first: pick(firstNames, roll), last: pick(lastNames, roll >>> 8) };
  };
}
