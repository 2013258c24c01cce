import type { DataverseSwitches } from './switches.js';

/** How far a counter of its own is from that of the etags. */
const APART = 3_000_000_000;

/** What `versionnumber` says of a row with this version. */
export const versionNumber = (version: number, { versionNumbers }: Pick<DataverseSwitches, 'versionNumbers'>): string =>
  String(versionNumbers === 'own' ? version + APART : version);
