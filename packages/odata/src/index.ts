export { azureIdentity, clientCredentials } from './auth/index.js';
export type {
  AzureIdentityOptions,
  Certificate,
  ClientCredentialsOptions,
  TokenOptions,
  TokenProvider,
} from './auth/index.js';
export { ODataClient } from './client.js';
export type { DescribeError, ODataClientOptions, ServiceMessage } from './client-options.js';
export { errors as odataErrors, serviceFailure } from './errors.js';
export type { ServiceFailure } from './errors.js';
export { readJson } from './json/index.js';
export type { JsonObject, JsonValue } from './json/index.js';
export type { EntityType, EnumType, Metadata, NavigationProperty, Property } from './metadata/index.js';
export { entityPath, literal, queryString } from './query/index.js';
export type { Expand, QueryOptions } from './query/index.js';
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
