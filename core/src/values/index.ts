export { canonicalMoment, dayFormatter, dayOf, isDateOnly, isMoment } from './date.js';
export { canonicalDecimal, isDecimal } from './decimal.js';
export { compilePath } from './path.js';
export type { DestinationRow, SourceRow, Value } from './row.js';
