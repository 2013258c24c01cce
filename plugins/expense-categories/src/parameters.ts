import { Parameter } from '@isthmus/core';
import { IsIn } from 'class-validator';

export const MASTERS = ['finops', 'psa'] as const;
export type Master = (typeof MASTERS)[number];

export class ExpenseCategoriesParameters {
  @Parameter({
    doc: 'Which side keeps the categories: `finops` or `psa`. It decides the order of the passes, and whose values hold where both sides have a category.',
  })
  @IsIn(MASTERS)
  master: Master = 'finops';
}
