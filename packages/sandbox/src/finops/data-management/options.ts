import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsPositive, Min, ValidateNested, isString } from 'class-validator';
import { HasValues } from '../../checks/index.js';
import { CompositeEntity } from './composites.js';
import { TROUBLES, type Trouble } from './import/index.js';
import { MEMBER_ORDERS, type MemberOrder } from './package/index.js';

/** What is left open about data management, or set up in one environment and not in another. */
export class DataManagementOptions {
  /** Milliseconds between staging and target, and before an export is built, so that a client comes to wait. */
  @IsOptional()
  @Min(0)
  readonly packageDelayMs?: number;
  /**
   * Questions about a new execution that are answered as if it did not exist; unless told 1 of an asynchronous one, and
   * none of a synchronous one.
   */
  @IsOptional()
  @IsInt()
  @Min(0)
  readonly packageUnknownFor?: number;
  /** Questions for a file of error keys that are answered with nothing while it is generated; 1 unless told. */
  @IsOptional()
  @IsInt()
  @Min(0)
  readonly keysFileAfter?: number;
  /** *Enhanced parallel package import*: imports of one project may overlap. */
  @IsOptional()
  @IsBoolean()
  readonly parallelPackageImport?: boolean;
  /** Minutes that a signed address is good for; 60 unless told. */
  @IsOptional()
  @IsPositive()
  readonly signedMinutes?: number;
  /** An execution id that F&O makes ends with a `guid` or with a `timestamp`; guid. */
  @IsOptional()
  @IsIn(['guid', 'timestamp'])
  readonly executionIds?: 'guid' | 'timestamp';
  /** *Process messages in order*: files that are enqueued wait for those before them. */
  @IsOptional()
  @IsBoolean()
  readonly messagesInOrder?: boolean;
  /** The company of a recurring integration, by its activity; usmf. An address may name another when it hands in. */
  @IsOptional()
  @HasValues(isString, 'a company')
  readonly recurringCompanies?: Readonly<Record<string, string>>;
  /** The status of an execution that there is no record of, yet or any more, is `refused`, or `Unknown`; refused. */
  @IsOptional()
  @IsIn(['refused', 'Unknown'])
  readonly missingExecution?: 'refused' | 'Unknown';
  /** Answers hold their value once more, `{"value":{"value":…}}`: `never`, those of `exports`, or `always`; never. */
  @IsOptional()
  @IsIn(['never', 'exports', 'always'])
  readonly nestedValues?: 'never' | 'exports' | 'always';
  /** Elements of a manifest count in the order of the alphabet only, or in `any`; alphabetical. */
  @IsOptional()
  @IsIn(MEMBER_ORDERS)
  readonly manifestOrder?: MemberOrder;
  /** States of messages: those that are `documented`, or also what was `observed` in a client; documented. */
  @IsOptional()
  @IsIn(['documented', 'observed'])
  readonly messageStates?: 'documented' | 'observed';
  /** What befalls entities between staging and target, one each. */
  @IsOptional()
  @IsIn(TROUBLES, { each: true })
  readonly packageTroubles?: readonly Trouble[];
  /** Composite entities, which are no part of the integration; none. */
  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => CompositeEntity)
  readonly compositeEntities?: readonly CompositeEntity[];
}
