export { azureIdentity } from './azure-identity.js';
export type { AzureIdentityOptions } from './azure-identity.js';
export { clientCredentials } from './client-credentials.js';
export type { ClientCredentialsOptions } from './client-credentials.js';
export type { Certificate } from './client-assertion.js';
export type { TokenOptions, TokenProvider } from './token-provider.js';
