import { DateOnly, Decimal, fieldsOf, IntegrationKey, MapEntity, type EntityDeclaration } from '@isthmus/core';
import type { ContractLineMilestone } from '../psa.js';

const { From, LookupByCrossReference, path } = fieldsOf<ContractLineMilestone>();

const declaration: EntityDeclaration = {
  task: 'milestones',
  title: 'Project contract line milestones',
  source: 'msdyn_contractlinescheduleofvalues',
  sourceId: 'msdyn_contractlinescheduleofvalueid',
  destination: 'ProjCDSContractLineMilestoneImportEntity',
  organization: path('msdyn_contract.msdyn_contractorganizationalunitid.msdyn_name'),
};

/** What both versions of PSA have in common. */
abstract class Milestone {
  @From('msdyn_contractlinescheduleofvalueid') @IntegrationKey() TransactionId!: string;
  @From('msdyn_name') Description!: string;
  @From('msdyn_invoicedate') @DateOnly() InvoiceDate!: string;
  @From('msdyn_amount') @Decimal() Amount!: string;
  @From('transactioncurrencyid.isocurrencycode') CurrencyId!: string;
}

/** PSA 2.x names the contract line in a text. */
@MapEntity(declaration)
export class MilestoneV1 extends Milestone {
  @LookupByCrossReference('contract-lines', 'msdyn_contractline') ContractLineRef!: string;
}

/** PSA 3.x has a lookup for it. */
@MapEntity(declaration)
export class MilestoneV2 extends Milestone {
  @LookupByCrossReference('contract-lines', '_msdyn_contractlineid_value') ContractLineRef!: string;
}
