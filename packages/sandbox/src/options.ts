import type { Client } from './auth/index.js';
import type { DataverseSwitches } from './dataverse/index.js';
import { errors } from './errors.js';
import type { FinopsSwitches, ResourceLimits } from './finops/index.js';
import type { ServiceProtectionLimits } from './limits/index.js';

export interface SandboxOptions {
  /** Of the sample company; the same seed gives the same rows. */
  readonly seed?: number;
  /** Size of the sample company; 1 is demo size, rows grow linearly. */
  readonly scale?: number;
  /** Where the data is kept when the sandbox stops, and found when it starts again; in memory only without it. */
  readonly folder?: string;
  /** 127.0.0.1 unless told; what is not loopback is refused unless `allowNonLoopback`. */
  readonly host?: string;
  readonly allowNonLoopback?: boolean;
  /** Ports; 0 or none takes a free one. */
  readonly psaPort?: number;
  readonly finopsPort?: number;
  readonly tokenPort?: number;
  /** Largest page, never above the systems' own 5,000 and 10,000. */
  readonly maxPageSize?: number;
  /** Dataverse's service protection, for each user on its own; off unless set. */
  readonly limits?: ServiceProtectionLimits;
  /** What Finance & Operations can do before it throttles; unlimited unless set. */
  readonly resources?: ResourceLimits;
  /** The limits of a user that Finance & Operations had up to version 10.0.35; off, as they are today, unless set. */
  readonly userLimits?: ServiceProtectionLimits;
  /** Users besides the one that every sandbox has. */
  readonly otherClients?: readonly Client[];
  /** Status of the token endpoint's answer to a wrong secret, which is not documented; 401. */
  readonly wrongSecretStatus?: 400 | 401;
  /** What is left open about Dataverse, or differs from one environment to the next. */
  readonly dataverse?: DataverseSwitches;
  /** The same of Finance & Operations. */
  readonly finops?: FinopsSwitches;
  /** F&O imports from staging and posts the integration journal by itself, every so many seconds. */
  readonly batchSeconds?: number;
  /** Start without any row. */
  readonly empty?: boolean;
}

const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|::1|localhost)$/;

/** The host to listen on. */
export function hostOf({ host = '127.0.0.1', allowNonLoopback = false }: SandboxOptions): string {
  if (!allowNonLoopback && !LOOPBACK.test(host)) throw errors.SANDBOX_HOST_NOT_LOOPBACK({ host });
  return host;
}
