import { Parameter } from '@isthmus/core';
import { IsInt, IsObject, Max, Min } from 'class-validator';

/** When, and how, rows go in data packages instead of single operations. */
export class DataPackageOptions {
  @Parameter({ doc: 'A task that reads at least so many rows creates them in data packages.' })
  @IsInt()
  @Min(1)
  fromRows = 20_000;

  @Parameter({ doc: 'Rows in one package.' })
  @IsInt()
  @Min(1)
  @Max(500_000)
  rows = 20_000;

  @Parameter({ doc: 'Minutes to wait for the import of one package.' })
  @IsInt()
  @Min(1)
  patience = 60;

  @Parameter({
    doc: 'Labels of data entities, as data management shows them, where they are not those of the integration entities.',
    example: { CustCustomerV3Entity: 'Customers V3' },
  })
  @IsObject()
  labels: Record<string, string> = {};
}
