import type { Clock } from '@isthmus/core';
import { errors } from '../errors.js';
import { cachedTokens, type IssuedToken } from './cached-tokens.js';
import type { TokenProvider } from './token-provider.js';

const PACKAGE = '@azure/identity';

export interface AzureIdentityOptions {
  /** Name of its class, for example `DefaultAzureCredential` or `ManagedIdentityCredential`. */
  readonly credential: string;
  /** What its constructor gets. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly scope: string;
  readonly clock: Clock;
  /** Name of the connection, for errors. */
  readonly connection: string;
}

/** What is used of @azure/identity. */
interface Credential {
  getToken(scope: string): Promise<{ token: string; expiresOnTimestamp: number } | null>;
}
type Module = Readonly<Record<string, unknown>>;

/** Any credential of @azure/identity, which is an optional package and loaded when the first token is needed. */
export function azureIdentity(options: AzureIdentityOptions, load = loadPackage): TokenProvider {
  const { credential: name, scope, clock, connection } = options;
  let credential: Credential | undefined;

  async function obtain(): Promise<IssuedToken> {
    credential ??= create(await load(connection), options);
    try {
      const issued = await credential.getToken(scope);
      if (issued) return { token: issued.token, expiresAt: issued.expiresOnTimestamp };
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw errors.ODATA_CREDENTIALS_REFUSED({ connection, code: name, reason }, { cause });
    }
    throw errors.ODATA_CREDENTIALS_REFUSED({ connection, code: name, reason: 'it has no token for this scope' });
  }

  return cachedTokens(`${name} ${JSON.stringify(options.settings ?? {})}`, clock, obtain);
}

async function loadPackage(connection: string): Promise<Module> {
  try {
    // Not a literal: the compiler is not to look for what need not be there.
    return (await import(String(PACKAGE))) as Module;
  } catch (cause) {
    throw errors.ODATA_PACKAGE_MISSING({ connection, package: PACKAGE }, { cause });
  }
}

function create(module: Module, { credential, settings, connection }: AzureIdentityOptions): Credential {
  const Class = module[credential];
  if (typeof Class === 'function') return new (Class as new (settings?: object) => Credential)(settings);
  const known = Object.keys(module)
    .filter((name) => name.endsWith('Credential'))
    .join(', ');
  throw errors.ODATA_CREDENTIAL_UNKNOWN({ connection, credential, package: PACKAGE, known });
}
