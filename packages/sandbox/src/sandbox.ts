import type { FastifyInstance } from 'fastify';
import { ClientCredentials, TokenAuthority } from './auth/index.js';
import { errors } from './errors.js';
import type { Controls } from './faults/index.js';
import { FaultPlan, RequestLog } from './faults/index.js';
import { tokenServer } from './http/index.js';
import { runBatch } from './finops/index.js';
import { DailyCount } from './limits/index.js';
import type { SandboxOptions } from './options.js';
import { checkedOptions, hostOf } from './options.js';
import { dataverseServer, finopsServer } from './servers.js';
import { openStores } from './stores.js';

export interface RunningSandbox {
  /** Root of `/api/data/v9.2/`. */
  readonly psa: { readonly url: string };
  /** Root of `/data/`. */
  readonly finops: { readonly url: string };
  /** The whole token endpoint (v2.0). */
  readonly token: { readonly url: string };
  readonly tenant: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** An application that the tenant knows, and neither system: its tokens are good, its requests are refused. */
  readonly outsider: { readonly clientId: string; readonly clientSecret: string };
  /** What to know about the data: options that had no effect because the folder holds another company. */
  readonly notices: readonly string[];
  /** Closes the ports, and writes the data where there is a folder for it. */
  stop(): Promise<void>;
}

const TENANT = '2b1f7d0c-5a4e-4c61-9d7e-3f0a8e6c1b52';
const OUTSIDER = { clientId: '4f0a1d52-6be7-4c3e-9a3d-0b8c55d1e7aa', clientSecret: 'outsider-secret' };
const CLIENT = { clientId: '9c6b7f1e-0d3a-4b8e-a5c4-7e2d1f90b643', clientSecret: 'sandbox-secret' };

/**
 * Starts both systems and their token endpoint, each on a port of its own.
 *
 * @throws SANDBOX_OPTION_INVALID, SANDBOX_CANNOT_LISTEN, SANDBOX_SNAPSHOT_UNREADABLE and their kin
 */
export async function startSandbox(given: SandboxOptions = {}): Promise<RunningSandbox> {
  const options = checkedOptions(given);
  const host = hostOf(options);
  const stores = await openStores(options);
  const members = [CLIENT, ...(options.otherClients ?? [])];
  const ids = new Set(members.map(({ clientId }) => clientId));
  demandKnown(options.finops?.users, ids);
  const authority = new TokenAuthority(TENANT, ids);
  const credentials = new ClientCredentials(authority, [...members, OUTSIDER], options.wrongSecretStatus);
  const deltaTokens = { oldest: 0 };
  const daily = new DailyCount(options.dataverse?.dailyRequests);
  const controls: Controls = {
    faults: new FaultPlan(),
    log: new RequestLog(),
    // A version of its own, so that a token given out right after it is a new one.
    expireDeltaTokens: () => (deltaTokens.oldest = stores.psa.nextVersion()),
    usage: () => daily.report(),
  };
  const urls = { psa: '', finops: '' };
  const psa = dataverseServer(stores.psa, {
    ...options,
    switches: options.dataverse,
    deltaTokens,
    daily,
    authority,
    controls,
    resource: () => urls.psa,
  });
  const finops = finopsServer(stores.finops, {
    ...options,
    switches: options.finops,
    authority,
    controls,
    resource: () => urls.finops,
  });
  const token = tokenServer(credentials, controls);
  const apps = [psa, finops, token];
  const batch = every(options.batchSeconds, () => stores.finops.atomically(() => runBatch(stores.finops)));
  const close = () => {
    clearInterval(batch);
    return Promise.all(apps.map((app) => app.close()));
  };
  try {
    urls.psa = await listen(psa, 'PSA', host, options.psaPort ?? 0);
    urls.finops = await listen(finops, 'F&O', host, options.finopsPort ?? 0);
    const tokenUrl = await listen(token, 'token endpoint', host, options.tokenPort ?? 0);
    credentials.resources.add(urls.psa).add(urls.finops);
    return {
      psa: { url: urls.psa },
      finops: { url: urls.finops },
      token: { url: `${tokenUrl}/${TENANT}/oauth2/v2.0/token` },
      tenant: TENANT,
      ...CLIENT,
      outsider: OUTSIDER,
      notices: stores.notices,
      stop: async () => {
        await close();
        await stores.save();
      },
    };
  } catch (failure) {
    await close();
    throw failure;
  }
}

/** A user whom nobody can sign in as would have no effect. */
function demandKnown(users: NonNullable<SandboxOptions['finops']>['users'] = [], ids: ReadonlySet<string>): void {
  const unknown = users.find(({ clientId }) => !ids.has(clientId));
  if (!unknown) return;
  const reason = `${unknown.clientId}: the sandbox has no such client; otherClients declares further ones`;
  throw errors.SANDBOX_OPTION_INVALID({ option: 'finops.users', reason });
}

/** The batch server of F&O; never runs unless told how often. */
const every = (seconds: number | undefined, work: () => void): NodeJS.Timeout | undefined =>
  seconds === undefined ? undefined : setInterval(work, seconds * 1000).unref();

async function listen(app: FastifyInstance, service: string, host: string, port: number): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw errors.SANDBOX_CANNOT_LISTEN({ service, host, port, reason }, { cause });
  }
}
