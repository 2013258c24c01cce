import { Parameter } from '@isthmus/core';
import { SignInOptions } from '@isthmus/odata';
import { IsInt, IsUrl, Max, Min } from 'class-validator';

/** What a connection to Dataverse is configured with. */
export class DataverseOptions extends SignInOptions {
  @Parameter({ doc: 'URL of the environment.', example: 'https://contoso.crm.dynamics.com' })
  @IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true })
  url!: string;

  @Parameter({ doc: 'Requests under way at once. The service takes 52 of one user.' })
  @IsInt()
  @Min(1)
  @Max(52)
  concurrency = 8;

  @Parameter({ doc: 'Operations in one batch request. The service takes 1,000.' })
  @IsInt()
  @Min(1)
  @Max(1000)
  batchSize = 500;
}
