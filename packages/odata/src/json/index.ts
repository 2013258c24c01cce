export { isJsonObject, readJson } from './read.js';
export type { JsonObject, JsonValue } from './value.js';
