export { environmentSecrets } from './environment.js';
export { secretErrors } from './errors.js';
export { fileSecrets } from './file.js';
export { MASK, SecretVault } from './vault.js';
