import { Parameter } from '@isthmus/core';
import {
  ACTUAL_TRANSACTION_TYPES,
  backwards,
  BILLING_TYPE,
  BILLING_TYPE_UNKNOWN,
  BILLING_TYPES,
  IsOptionMap,
  TRANSACTION_TYPE,
  type OptionMap,
} from '@isthmus/project-accounting';
import { IsOptional, IsString, Matches } from 'class-validator';

export class ActualsUpdateParameters {
  @Parameter({
    doc: 'Text column of `msdyn_actual` that takes the voucher number. PSA documents none: name the one that your solution has; null leaves the voucher number out.',
    example: 'new_vouchernumber',
  })
  @IsOptional()
  @IsString()
  @Matches(/^\w+$/, { message: '$property must be the logical name of a column' })
  voucherColumn: string | null = null;

  @Parameter({ doc: 'Billing type of F&O → option of `msdyn_billingtype`.' })
  @IsOptionMap(BILLING_TYPE)
  billingTypes: OptionMap = { ...backwards(BILLING_TYPES), [BILLING_TYPE_UNKNOWN]: BILLING_TYPE.notAvailable };

  @Parameter({
    doc: 'Transaction type of F&O → option of `msdyn_transactiontypecode`. Of the symbols only Cost and Sales are documented; compare the others with the metadata of your F&O.',
  })
  @IsOptionMap(TRANSACTION_TYPE)
  transactionTypes: OptionMap = backwards(ACTUAL_TRANSACTION_TYPES);
}
