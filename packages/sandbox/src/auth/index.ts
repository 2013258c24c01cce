export { Client, ClientCredentials, tokenFailure } from './client-credentials.js';
export type { TokenResponse } from './client-credentials.js';
export { TokenAuthority } from './tokens.js';
export type { TokenState } from './tokens.js';
