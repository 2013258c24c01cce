import { Parameter } from '@isthmus/core';
import { BILLING_TYPE } from '@isthmus/project-accounting';
import { IsIn } from 'class-validator';

export const MASTERS = ['finops', 'psa'] as const;
export type Master = (typeof MASTERS)[number];

export class ExpenseCategoriesParameters {
  @Parameter({
    doc: 'Which side keeps the categories: `finops` or `psa`. It decides the order of the passes, and whose values hold where both sides have a category.',
  })
  @IsIn(MASTERS)
  master: Master = 'finops';

  @Parameter({
    doc: 'Billing type that categories of F&O get in PSA (192350000 non-chargeable, 192350001 chargeable, 192350002 complimentary, 192350003 not available).',
  })
  @IsIn(Object.values(BILLING_TYPE))
  billingType: number = BILLING_TYPE.chargeable;
}
