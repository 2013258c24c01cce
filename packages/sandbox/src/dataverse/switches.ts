import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Min, ValidateNested, isString } from 'class-validator';
import { HasValues, Satisfies } from '../checks/index.js';
import { DailyRequests } from '../limits/index.js';
import { AlternateKey } from './alternate-keys.js';
import { OwnTable } from './own-tables.js';

const isPrecision = (value: unknown): boolean =>
  value === 'column' || value === 'currency' || (Number.isInteger(value) && Number(value) >= 0);

function isTimeZone(value: unknown): boolean {
  try {
    return typeof value === 'string' && Boolean(new Intl.DateTimeFormat('en-US', { timeZone: value }));
  } catch {
    return false;
  }
}

/** Columns of which no two rows of a table may hold the same. */
export class DuplicateRule {
  @IsString()
  readonly table!: string;
  @IsString({ each: true })
  readonly columns!: readonly string[];
}

/**
 * What Dataverse leaves open, or an environment decides for itself. Every default is the answer that is documented last or
 * seen most often.
 */
export class DataverseSwitches {
  /** Days after which a delta token expires (`expirechangetrackingindays`); 7, in older environments 30 or 90. */
  @IsOptional()
  @IsInt()
  @Min(1)
  readonly changeTrackingDays?: number;
  /** Status of the answer to an expired delta token; 400. */
  @IsOptional()
  @IsIn([400, 410])
  readonly expiredDeltaStatus?: 400 | 410;
  /** Status where a path leads to a property that is not there; 400. */
  @IsOptional()
  @IsIn([400, 404])
  readonly badPathStatus?: 400 | 404;
  /** A delta link stands on the `last` page, or on `every` one; last. */
  @IsOptional()
  @IsIn(['last', 'every'])
  readonly deltaLinks?: 'last' | 'every';
  /** A failed change set comes back as a `bare` error part, or still `wrapped` in a change set response; bare. */
  @IsOptional()
  @IsIn(['bare', 'wrapped'])
  readonly failedChangeSet?: 'bare' | 'wrapped';
  /** Whether a batch must end its lines with CRLF; `crlf`. */
  @IsOptional()
  @IsIn(['crlf', 'any'])
  readonly batchLines?: 'crlf' | 'any';
  /** Whether a guid may stand in quotes where it is compared; true. */
  @IsOptional()
  @IsBoolean()
  readonly quotedGuids?: boolean;
  /** Header with the id of a request; `x-ms-service-request-id`. */
  @IsOptional()
  @IsString()
  readonly requestIdHeader?: string;
  /** Ids that the client gives a request, as `x-ms-client-request-id` or `x-ms-correlation-request-id`, are `echoed` or `ignored`; echoed. */
  @IsOptional()
  @IsIn(['echoed', 'ignored'])
  readonly clientRequestIds?: 'echoed' | 'ignored';
  /**
   * Codes that take the place of others: not every refusal has one that is documented, such as 0x80044352 (expired delta
   * token), 0x80040237 (primary key is taken) and 0x80040217 (no such row); none.
   */
  @IsOptional()
  @HasValues(isString, 'a text')
  readonly errorCodes?: Readonly<Record<string, string>>;
  /** Tables, columns and lookups beside those of Project Service Automation; none. */
  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => OwnTable)
  readonly tables?: readonly OwnTable[];
  /** Alternate keys beside those that the tables have here, or in place of those of the same name; none. */
  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => AlternateKey)
  readonly alternateKeys?: readonly AlternateKey[];
  /** Digits of an amount, as its `column` says (four) or its `currency`, or as many as the organisation has set; column. */
  @IsOptional()
  @Satisfies(isPrecision, "'column', 'currency', or a whole number of digits")
  readonly moneyPrecision?: 'column' | 'currency' | number;
  /** `versionnumber` and the `etag` count together, or each has its `own` counter; etag. */
  @IsOptional()
  @IsIn(['etag', 'own'])
  readonly versionNumbers?: 'etag' | 'own';
  /** Columns that no two rows of a table may share, where a client asks for duplicate detection; none. */
  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => DuplicateRule)
  readonly duplicateRules?: readonly DuplicateRule[];
  /** Status of the answer where a duplicate rule was hit; 412, in older environments 500. */
  @IsOptional()
  @IsIn([412, 500])
  readonly duplicateStatus?: 412 | 500;
  /** Logical names of tables that do not support the bulk messages; none. */
  @IsOptional()
  @IsString({ each: true })
  readonly tablesWithoutBulk?: readonly string[];
  /** Alternate keys that a table may have; 10, in older environments 5. */
  @IsOptional()
  @IsInt()
  @Min(1)
  readonly maxAlternateKeys?: number;
  /** Targets of a bulk message that are worked off before its time is up; any number. */
  @IsOptional()
  @IsInt()
  @Min(1)
  readonly targetsInTime?: number;
  /** Time zone that the users have set, for formatted values: a name such as `Europe/Vienna`; UTC. */
  @IsOptional()
  @Satisfies(isTimeZone, 'the name of a time zone')
  readonly timeZone?: string;
  /** A body, or a wish for one, that is not JSON is `refused`, or `taken` as if it were; refused. */
  @IsOptional()
  @IsIn(['refused', 'taken'])
  readonly otherMediaTypes?: 'refused' | 'taken';
  /**
   * Logical names of tables of which the user who acts may reach the rows that it has created, and no others: the rest
   * are not found by queries, refused by their key, and changes are not tracked; none.
   */
  @IsOptional()
  @IsString({ each: true })
  readonly userLevelTables?: readonly string[];
  /** Privileges that the application user lacks, such as `prvReadAccount` or `prvActOnBehalfOfAnotherUser`; none. */
  @IsOptional()
  @IsString({ each: true })
  readonly withheldPrivileges?: readonly string[];
  /** What each user is entitled to in 24 hours, and what happens beyond; no limit. */
  @IsOptional()
  @ValidateNested()
  @Type(() => DailyRequests)
  readonly dailyRequests?: DailyRequests;
}

/** As the service has them; requests are counted at its door. */
export type ResolvedSwitches = Required<Omit<DataverseSwitches, 'dailyRequests'>>;

export const withDefaults = (switches: DataverseSwitches = {}): ResolvedSwitches => ({
  changeTrackingDays: 7,
  expiredDeltaStatus: 400,
  badPathStatus: 400,
  deltaLinks: 'last',
  failedChangeSet: 'bare',
  batchLines: 'crlf',
  quotedGuids: true,
  requestIdHeader: 'x-ms-service-request-id',
  clientRequestIds: 'echoed',
  errorCodes: {},
  tables: [],
  alternateKeys: [],
  moneyPrecision: 'column',
  versionNumbers: 'etag',
  duplicateRules: [],
  duplicateStatus: 412,
  tablesWithoutBulk: [],
  maxAlternateKeys: 10,
  targetsInTime: Infinity,
  timeZone: 'UTC',
  otherMediaTypes: 'refused',
  userLevelTables: [],
  withheldPrivileges: [],
  ...switches,
});
