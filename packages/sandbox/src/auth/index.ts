export { ClientCredentials } from './client-credentials.js';
export type { Client, TokenResponse } from './client-credentials.js';
export { TokenAuthority } from './tokens.js';
export type { TokenState } from './tokens.js';
