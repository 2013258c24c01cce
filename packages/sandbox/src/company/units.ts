import { currencies, type Currency } from './currencies.js';

export interface Unit {
  name: string;
  description: string;
  currency: Currency;
}

/** Organisational units. The first two are legal entities in F&O (USSI, USMF); the third is none. */
export const units: readonly [Unit, Unit, Unit] = [
  { name: 'Contoso US', description: 'Consulting in the United States', currency: currencies.USD },
  { name: 'Contoso Global', description: 'Consulting everywhere else', currency: currencies.USD },
  { name: 'Contoso Robotics UK', description: 'Joined in 2025; not in Finance yet', currency: currencies.GBP },
];
