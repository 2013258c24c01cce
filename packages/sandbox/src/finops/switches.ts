import { Type } from 'class-transformer';
import { IsIn, IsOptional, IsString, ValidateNested, isString } from 'class-validator';
import { HasValues } from '../checks/index.js';
import { OwnEntity } from './own-entities.js';
import { DataManagementOptions } from './data-management/index.js';
import { FinopsUser } from './users.js';

/**
 * What is left open about Finance & Operations, or differs from one environment to the next. Every default is the answer
 * that was seen most often, or the likelier one.
 */
export class FinopsSwitches extends DataManagementOptions {
  /** Data entities and fields beside those that are here; none. */
  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => OwnEntity)
  readonly entities?: readonly OwnEntity[];
  /** Companies and security of users, by their client id; usmf and everything. */
  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => FinopsUser)
  readonly users?: readonly FinopsUser[];
  /** Names of public collections, by the name of the entity in the application object tree; those of the model. */
  @IsOptional()
  @HasValues(isString, 'the name of a collection')
  readonly collections?: Readonly<Record<string, string>>;
  /** Status for a client id that is mapped to no user; 401. */
  @IsOptional()
  @IsIn([401, 403])
  readonly unmappedClientStatus?: 401 | 403;
  /** The body of a 401 or 403 at the door is the `envelope` of all errors, or a `message` alone; envelope. */
  @IsOptional()
  @IsIn(['envelope', 'message'])
  readonly authFailureBody?: 'envelope' | 'message';
  /** Reads see the rows of the user's `default` company, or of `all` that the user may enter, as an older page says; default. */
  @IsOptional()
  @IsIn(['default', 'all'])
  readonly companyOfReads?: 'default' | 'all';
  /** `Prefer: odata.maxpagesize` is `honoured` or `ignored`; honoured. */
  @IsOptional()
  @IsIn(['honoured', 'ignored'])
  readonly maxPageSizePreference?: 'honoured' | 'ignored';
  /** Origin that links to the next page name, as behind a proxy; that of the request. */
  @IsOptional()
  @IsString()
  readonly linkOrigin?: string;
  /** `contains()`, `startswith()` and `endswith()` in filters are `refused` or `supported`; refused. */
  @IsOptional()
  @IsIn(['refused', 'supported'])
  readonly textFunctions?: 'refused' | 'supported';
  /** Status where an etag does not match; 412. */
  @IsOptional()
  @IsIn([412, 400])
  readonly staleStatus?: 412 | 400;
  /** Status of reading a row that is not there; 404. */
  @IsOptional()
  @IsIn([404, 400])
  readonly missingOnReadStatus?: 404 | 400;
  /** Status of writing a row that is not there; 400, and 404 for some clients. */
  @IsOptional()
  @IsIn([400, 404])
  readonly missingOnWriteStatus?: 400 | 404;
  /** Lengths of texts are `given` in `$metadata`, or `left-out`; given. */
  @IsOptional()
  @IsIn(['given', 'left-out'])
  readonly metadataLengths?: 'given' | 'left-out';
  /** A text that is too long is `refused` or `cut`; refused. */
  @IsOptional()
  @IsIn(['refused', 'cut'])
  readonly longText?: 'refused' | 'cut';
  /** Null for a text empties it, or is `refused`; emptied. */
  @IsOptional()
  @IsIn(['emptied', 'refused'])
  readonly nullText?: 'emptied' | 'refused';
  /** The link to the next page counts on with `$skip`, or holds a `token` that says nothing to clients; `skip`. */
  @IsOptional()
  @IsIn(['skip', 'token'])
  readonly pageLinks?: 'skip' | 'token';
  /** How an empty moment goes over the wire: at midnight, or at noon as an empty day does; midnight. */
  @IsOptional()
  @IsIn(['midnight', 'noon'])
  readonly emptyMoment?: 'midnight' | 'noon';
}

type Wire = Omit<FinopsSwitches, keyof DataManagementOptions | 'linkOrigin' | 'collections' | 'entities' | 'users'>;

export type ResolvedFinopsSwitches = Required<Wire> & Pick<FinopsSwitches, 'linkOrigin'>;

export const withFinopsDefaults = (switches: FinopsSwitches = {}): ResolvedFinopsSwitches => ({
  unmappedClientStatus: 401,
  authFailureBody: 'envelope',
  companyOfReads: 'default',
  maxPageSizePreference: 'honoured',
  textFunctions: 'refused',
  staleStatus: 412,
  missingOnReadStatus: 404,
  missingOnWriteStatus: 400,
  metadataLengths: 'given',
  longText: 'refused',
  nullText: 'emptied',
  pageLinks: 'skip',
  emptyMoment: 'midnight',
  ...switches,
});
