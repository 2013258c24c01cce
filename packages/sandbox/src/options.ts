import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsPositive, IsString, Max, Min, ValidateNested } from 'class-validator';
import { Client } from './auth/index.js';
import { firstFault } from './checks/index.js';
import { DataverseSwitches } from './dataverse/index.js';
import { errors } from './errors.js';
import { FinopsSwitches, ResourceLimits } from './finops/index.js';
import { ServiceProtectionLimits } from './limits/index.js';

export class SandboxOptions {
  /** Of the sample company; the same seed gives the same rows. */
  @IsOptional()
  @IsInt()
  readonly seed?: number;
  /** Size of the sample company; 1 is demo size, rows grow linearly. */
  @IsOptional()
  @IsPositive()
  readonly scale?: number;
  /** Where the data is kept when the sandbox stops, and found when it starts again; in memory only without it. */
  @IsOptional()
  @IsString()
  readonly folder?: string;
  /** 127.0.0.1 unless told; what is not loopback is refused unless `allowNonLoopback`. */
  @IsOptional()
  @IsString()
  readonly host?: string;
  @IsOptional()
  @IsBoolean()
  readonly allowNonLoopback?: boolean;
  /** Ports; 0 or none takes a free one. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(65_535)
  readonly psaPort?: number;
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(65_535)
  readonly finopsPort?: number;
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(65_535)
  readonly tokenPort?: number;
  /** Largest page, never above the systems' own 5,000 and 10,000. */
  @IsOptional()
  @IsInt()
  @Min(1)
  readonly maxPageSize?: number;
  /** Dataverse's service protection, for each user on its own; off unless set. */
  @IsOptional()
  @ValidateNested()
  @Type(() => ServiceProtectionLimits)
  readonly limits?: ServiceProtectionLimits;
  /** What Finance & Operations can do before it throttles; unlimited unless set. */
  @IsOptional()
  @ValidateNested()
  @Type(() => ResourceLimits)
  readonly resources?: ResourceLimits;
  /** The limits of a user that Finance & Operations had up to version 10.0.35; off, as they are today, unless set. */
  @IsOptional()
  @ValidateNested()
  @Type(() => ServiceProtectionLimits)
  readonly userLimits?: ServiceProtectionLimits;
  /** Users besides the one that every sandbox has. */
  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => Client)
  readonly otherClients?: readonly Client[];
  /** Status of the token endpoint's answer to a wrong secret, which is not documented; 401. */
  @IsOptional()
  @IsIn([400, 401])
  readonly wrongSecretStatus?: 400 | 401;
  /** What is left open about Dataverse, or differs from one environment to the next. */
  @IsOptional()
  @ValidateNested()
  @Type(() => DataverseSwitches)
  readonly dataverse?: DataverseSwitches;
  /** The same of Finance & Operations. */
  @IsOptional()
  @ValidateNested()
  @Type(() => FinopsSwitches)
  readonly finops?: FinopsSwitches;
  /** F&O imports from staging and posts the integration journal by itself, every so many seconds. */
  @IsOptional()
  @IsPositive()
  readonly batchSeconds?: number;
  /** Start without any row. */
  @IsOptional()
  @IsBoolean()
  readonly empty?: boolean;
}

/**
 * The options as they are, once they are known to be options.
 *
 * @throws SANDBOX_OPTION_INVALID
 */
export function checkedOptions(options: unknown): SandboxOptions {
  const fault = firstFault(options, SandboxOptions);
  if (fault) throw errors.SANDBOX_OPTION_INVALID({ option: fault.path, reason: fault.reason });
  return options as SandboxOptions;
}

const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|::1|localhost)$/;

/** The host to listen on. */
export function hostOf({ host = '127.0.0.1', allowNonLoopback = false }: SandboxOptions): string {
  if (!allowNonLoopback && !LOOPBACK.test(host)) throw errors.SANDBOX_HOST_NOT_LOOPBACK({ host });
  return host;
}
