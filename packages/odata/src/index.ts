export { jsonOf, requestIdOf } from './answer.js';
export { azureIdentity, clientCredentials } from './auth/index.js';
export type {
  AzureIdentityOptions,
  Certificate,
  ClientCredentialsOptions,
  TokenOptions,
  TokenProvider,
} from './auth/index.js';
export { ODataClient } from './client.js';
export type { DescribeError, ODataClientOptions } from './client-options.js';
export { errors as odataErrors, serviceFailure } from './errors.js';
export type { ServiceFailure } from './errors.js';
export { checkHealth } from './health/index.js';
export { isJsonObject, readJson } from './json/index.js';
export type { JsonObject, JsonValue } from './json/index.js';
export type { EntityType, EnumType, Metadata, NavigationProperty, Property } from './metadata/index.js';
export { divide, entityPath, keyCondition, literal, queryString } from './query/index.js';
export type { Expand, FilterBounds, KeyProperty, QueryOptions } from './query/index.js';
export type {
  BatchOperation,
  BatchOptions,
  BatchPart,
  GetOptions,
  Headers,
  Method,
  ODataPage,
  ODataRequest,
  ODataResponse,
  PageOptions,
} from './request.js';
export { serviceMessageOf } from './service-message.js';
export type { ServiceMessage } from './service-message.js';
export { backoffMs, BatchSize, retryAfterMs } from './transport/index.js';
export type { Load } from './transport/index.js';
export { CertificateOptions, SignInOptions, tokensFor } from './sign-in/index.js';
export { encodeEach, outcomesOf, requestsOf, writeInPortions } from './write/index.js';
export type { EncodedOperation, OutcomeOf, PortionLimits } from './write/index.js';
