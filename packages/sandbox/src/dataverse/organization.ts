import type { ResolvedSwitches } from './switches.js';

/** The environment itself: what every user of it belongs to. */
export const ORGANIZATION = '6f3fbe2e-0000-4000-8000-000000000003';
export const BUSINESS_UNIT = '6f3fbe2e-0000-4000-8000-000000000001';

/** English. */
export const LANGUAGE = '1033';

/** The environment as a row: what it decides for itself can be read there. */
export const organizationRow = ({ changeTrackingDays }: ResolvedSwitches) => ({
  organizationid: ORGANIZATION,
  name: 'Isthmus sandbox',
  expirechangetrackingindays: changeTrackingDays,
});
