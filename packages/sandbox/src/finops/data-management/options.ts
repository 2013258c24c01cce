import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsPositive, Min, ValidateNested } from 'class-validator';
import { CompositeEntity } from './composites.js';
import { TROUBLES, type Trouble } from './import/index.js';

/** What is left open about data management, or set up in one environment and not in another. */
export class DataManagementOptions {
  /** Milliseconds between staging and target, so that a client comes to wait. */
  @IsOptional()
  @Min(0)
  readonly packageDelayMs?: number;
  /** Questions about a new asynchronous execution that are answered as if it did not exist; 1 unless told. */
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
  /** What befalls entities between staging and target, one each: F&O gets over all but a deadlock (DMF1996). */
  @IsOptional()
  @IsIn(TROUBLES, { each: true })
  readonly packageTroubles?: readonly Trouble[];
  /** Composite entities, which are no part of the integration; none. */
  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => CompositeEntity)
  readonly compositeEntities?: readonly CompositeEntity[];
}
