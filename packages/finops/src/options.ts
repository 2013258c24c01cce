import { Parameter } from '@isthmus/core';
import { SignInOptions } from '@isthmus/odata';
import { Type } from 'class-transformer';
import { IsInt, IsObject, IsOptional, IsString, IsUrl, Max, Min, ValidateNested } from 'class-validator';
import { DataPackageOptions } from './data-packages/index.js';

/** What a connection to Finance & Operations is configured with. */
export class FinopsOptions extends SignInOptions {
  @Parameter({ doc: 'URL of the environment.', example: 'https://contoso.operations.dynamics.com' })
  @IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true })
  url!: string;

  @Parameter({ doc: 'Requests under way at once.' })
  @IsInt()
  @Min(1)
  @Max(52)
  concurrency = 8;

  @Parameter({ doc: 'Operations in one batch request. The service takes 5,000.' })
  @IsInt()
  @Min(1)
  @Max(5000)
  batchSize = 500;

  @Parameter({
    doc: 'Public collections whose names do not follow from the names of their entities.',
    example: { ProjCDSProjectContractEntity: 'ProjectContractIntegrations' },
  })
  @IsObject()
  collections: Record<string, string> = {};

  @Parameter({ doc: 'Create rows of large tasks in data packages; never unless given.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => DataPackageOptions)
  dataPackages?: DataPackageOptions;

  @Parameter({
    doc: 'Fields that hold when a row was last changed, by entity: its rows are then read since the last time. None of the integration entities has one by itself.',
    example: { ProjCDSActualsImportEntity: 'ModifiedDateTime1' },
  })
  @IsObject()
  modifiedFields: Record<string, string> = {};

  @Parameter({ doc: 'Legal entity of rows for which the integration names none.', example: 'usmf' })
  @IsOptional()
  @IsString()
  defaultLegalEntity?: string;
}
