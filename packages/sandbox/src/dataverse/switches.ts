import type { AlternateKey } from './alternate-keys.js';

/**
 * What Dataverse leaves open, or an environment decides for itself. Every default is the answer that is documented last or
 * seen most often.
 */
export interface DataverseSwitches {
  /** Days after which a delta token expires (`expirechangetrackingindays`); 7, in older environments 30 or 90. */
  readonly changeTrackingDays?: number;
  /** Status of the answer to an expired delta token; 400. */
  readonly expiredDeltaStatus?: 400 | 410;
  /** A delta link stands on the `last` page, or on `every` one; last. */
  readonly deltaLinks?: 'last' | 'every';
  /** A failed change set comes back as a `bare` error part, or still `wrapped` in a change set response; bare. */
  readonly failedChangeSet?: 'bare' | 'wrapped';
  /** Whether a batch must end its lines with CRLF; `crlf`. */
  readonly batchLines?: 'crlf' | 'any';
  /** Whether a guid may stand in quotes where it is compared; true. */
  readonly quotedGuids?: boolean;
  /** Header with the id of a request; `x-ms-service-request-id`. */
  readonly requestIdHeader?: string;
  /** An id that the client gives a request, as `x-ms-client-request-id`, is `echoed` or `ignored`; echoed. */
  readonly clientRequestIds?: 'echoed' | 'ignored';
  /**
   * Codes that take the place of others: not every refusal has one that is documented, such as 0x80044352 (expired delta
   * token), 0x80040237 (primary key is taken) and 0x80040217 (no such row); none.
   */
  readonly errorCodes?: Readonly<Record<string, string>>;
  /** Alternate keys beside those that the tables have here, or in place of those of the same name; none. */
  readonly alternateKeys?: readonly AlternateKey[];
  /** Digits of an amount, as its `column` says (four) or its `currency`, or as many as the organisation has set; column. */
  readonly moneyPrecision?: 'column' | 'currency' | number;
  /** `versionnumber` and the `etag` count together, or each has its `own` counter; etag. */
  readonly versionNumbers?: 'etag' | 'own';
  /** Columns that no two rows of a table may share, where a client asks for duplicate detection; none. */
  readonly duplicateRules?: readonly { readonly table: string; readonly columns: readonly string[] }[];
  /** Status of the answer where a duplicate rule was hit; 412, in older environments 500. */
  readonly duplicateStatus?: 412 | 500;
  /** Logical names of tables that do not support the bulk messages; none. */
  readonly tablesWithoutBulk?: readonly string[];
  /** Privileges that the application user lacks, such as `prvReadAccount` or `prvActOnBehalfOfAnotherUser`; none. */
  readonly withheldPrivileges?: readonly string[];
}

export type ResolvedSwitches = Required<DataverseSwitches>;

export const withDefaults = (switches: DataverseSwitches = {}): ResolvedSwitches => ({
  changeTrackingDays: 7,
  expiredDeltaStatus: 400,
  deltaLinks: 'last',
  failedChangeSet: 'bare',
  batchLines: 'crlf',
  quotedGuids: true,
  requestIdHeader: 'x-ms-service-request-id',
  clientRequestIds: 'echoed',
  errorCodes: {},
  alternateKeys: [],
  moneyPrecision: 'column',
  versionNumbers: 'etag',
  duplicateRules: [],
  duplicateStatus: 412,
  tablesWithoutBulk: [],
  withheldPrivileges: [],
  ...switches,
});
