import type { ConnectorServices } from '@isthmus/core';
import { azureIdentity, clientCredentials, type TokenProvider } from '../auth/index.js';
import type { SignInOptions } from './sign-in-options.js';

/**
 * Tokens for one service.
 *
 * @param connection name of the connection, for errors
 * @param origin of the service; tokens are made out for it alone
 */
export function tokensFor(
  options: SignInOptions,
  connection: string,
  origin: string,
  { clock, events }: ConnectorServices,
): TokenProvider {
  const { credential, tenant = '', clientId = '', clientSecret, certificate } = options;
  const scope = `${origin}/.default`;
  if (credential !== undefined) return azureIdentity({ credential, scope, clock, connection });
  const tokenUrl = options.tokenUrl ?? `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`;
  return clientCredentials({ tokenUrl, clientId, scope, clientSecret, certificate, clock, connection, events });
}
