export { canonicalMoment, dayAtNoon, dayFormatter, dayOf, isDateOnly, isMoment, startOfDay } from './date.js';
export { canonicalDecimal, isDecimal } from './decimal.js';
export { compilePath } from './path.js';
export type { DestinationRow, SourceRow, Value } from './row.js';
