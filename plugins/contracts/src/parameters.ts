import { Parameter } from '@isthmus/core';
import { IsTextMap, type TextMap } from '@isthmus/project-accounting';
import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';

/** What people used to edit by hand in the publisher's template. */
export class ContractsParameters {
  @Parameter({ doc: 'Written to SourceDataID of contracts and projects; null leaves the field empty.' })
  @IsOptional()
  @IsString()
  @MaxLength(60)
  sourceDataId: string | null = 'Project Service Automation';

  @Parameter({
    doc: 'PSA payment terms (1 Net 30, 2 "2% 10, Net 30", 3 Net 45, 4 Net 60) → terms of payment in F&O.',
    example: { 1: 'Net30', 4: 'N060' },
  })
  @IsTextMap()
  paymentTerms: TextMap = { 1: 'Net30', 2: '2%10Net30', 3: 'Net45', 4: 'Net60' };

  @Parameter({
    doc: 'PSA billing method of a contract line (192350000 time and material, 192350001 fixed price) → F&O.',
  })
  @IsTextMap()
  contractLineTypes: TextMap = { 192350000: 'TimeMaterial', 192350001: 'FixedPrice' };

  @Parameter({
    doc: 'Where the customer account of an order for a contact (rather than an account) is found; null leaves it out.',
    example: 'customerid_contact.employeeid',
  })
  @IsOptional()
  @Matches(/^customerid_contact\.\w+$/, {
    message: '$property must be a column of the contact: customerid_contact.<column>',
  })
  contactCustomer: string | null = 'customerid_contact.accountnumber';
}
