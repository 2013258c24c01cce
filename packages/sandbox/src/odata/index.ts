export { answerBatch } from './batch.js';
export { candidates } from './candidates.js';
export { writeMetadata } from './csdl.js';
export {
  compareDecimals,
  divide,
  multiply,
  negate,
  quotientInSteps,
  ratio,
  sum,
  toDecimal,
  toScale,
} from './decimal.js';
export type { Rounding } from './decimal.js';
export type { Dialect, Scope } from './dialect.js';
export type { Expression, LiteralType } from './expression.js';
export { compileFilter, oneOf } from './filter.js';
export { tokenize } from './filter-lexer.js';
export type { Token } from './filter-lexer.js';
export { parseExpression } from './filter-parser.js';
export { countRows, findIds, rowsWithIds, scan } from './find-rows.js';
export type { Search } from './find-rows.js';
export { isObject, numberOf, numeralOf, readJson } from './json-reader.js';
export type { JsonObject } from './json-reader.js';
export { EMPTY_GUID, isGuid, toMoment } from './literals.js';
export { jsonType, wantsExactText } from './message.js';
export type { ContentIds, ODataRequest, ODataResponse, OperationWatch } from './message.js';
export { fromText, kindOf, orderOf } from './operand.js';
export type { FilterFunction, Kind, Operand, Predicate } from './operand.js';
export { compileOrder, sortRows } from './order.js';
export { collector, follower, resolvePath, unknownProperty } from './path.js';
export type { ResolvedPath } from './path.js';
export { splitOutside } from './split.js';
export { pageSize, readPreferences } from './preferences.js';
export type { Preferences } from './preferences.js';
export { columnMember, contextShape, listBody, objectWriter, selectedColumns } from './projection.js';
export type { WriteMember } from './projection.js';
export { readOptions } from './query-options.js';
export type { ExpandItem, QueryOptions } from './query-options.js';
export { Refusal } from './refusal.js';
export { ResultCache, resultKey } from './result-cache.js';
export { textFunctions } from './text-functions.js';
export { decodePath, pathBelow, readSegment, readTarget } from './target.js';
export type { KeyPart, Target } from './target.js';
export { likeMatcher } from './wildcards.js';
export { withEtag } from './conditional.js';
