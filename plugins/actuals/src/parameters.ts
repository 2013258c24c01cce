import { Parameter } from '@isthmus/core';
import { ACTUAL_TRANSACTION_TYPES, BillingTypeParameters, IsTextMap, type TextMap } from '@isthmus/project-accounting';
import { ArrayUnique, IsOptional, IsString } from 'class-validator';

export class ActualsParameters extends BillingTypeParameters {
  @Parameter({
    doc: 'PSA transaction type → F&O. Of the symbols only Cost and Sales are documented; compare the others with the metadata of your F&O.',
  })
  @IsTextMap()
  transactionTypes: TextMap = ACTUAL_TRANSACTION_TYPES;

  @Parameter({
    doc: 'Only actuals of these resourcing units (names of organisational units); every unit where it is empty.',
    example: ['Contoso US'],
  })
  @IsOptional()
  @IsString({ each: true })
  @ArrayUnique()
  resourcingUnits: string[] = [];
}
