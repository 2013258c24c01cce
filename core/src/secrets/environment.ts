import type { SecretSource } from '../ports/index.js';

/** `${env:NAME}`. An empty variable counts as missing: no system takes an empty secret. */
export const environmentSecrets = (environment: Readonly<Record<string, string | undefined>>): SecretSource => ({
  scheme: 'env',
  resolve: (name) => environment[name] || undefined,
});
