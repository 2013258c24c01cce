export { CertificateOptions, SignInOptions } from './sign-in-options.js';
export { tokensFor } from './tokens.js';
