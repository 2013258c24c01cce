import { Parameter } from '@isthmus/core';
import { ACTUAL_TRANSACTION_TYPES, BillingTypeParameters, IsTextMap, type TextMap } from '@isthmus/project-accounting';
import { ArrayUnique, IsBoolean, IsIn, IsOptional, IsString, Matches } from 'class-validator';

/** How F&O puts imported lines together to journals. */
export const PERIOD_FREQUENCIES = ['Days', 'Months', 'Years', 'All'] as const;

const ACTION = /^\w+\.\w+$/;
const ACTION_FORM = '$property must name an entity and its action: Entity.action';

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

  @Parameter({ doc: 'Import from staging table into the integration journal after the actuals have been delivered.' })
  @IsBoolean()
  importFromStaging: boolean = false;

  @Parameter({ doc: 'Post the integration journals afterwards.' })
  @IsBoolean()
  post: boolean = false;

  @Parameter({ doc: 'Which imported lines share a journal: those of the same day, month or year, or all.' })
  @IsIn(PERIOD_FREQUENCIES)
  journalPeriod: string = 'All';

  @Parameter({
    doc: 'Entity and action that import from staging; the name is not documented, see the metadata of your F&O.',
  })
  @Matches(ACTION, { message: ACTION_FORM })
  importAction: string = 'ProjCDSActualsImportEntity.importFromStagingTable';

  @Parameter({
    doc: 'Entity and action that post the journals; the name is not documented, see the metadata of your F&O.',
  })
  @Matches(ACTION, { message: ACTION_FORM })
  postAction: string = 'ProjAdvancedJournalHeaderEntity.postJournals';
}
