import type { Store } from '../../store/index.js';
import { EMPTY_GUID } from '../../odata/index.js';
import type { Draft } from '../draft.js';
import { fieldRefused, notFoundText } from '../refusals.js';
import { Rows, type Entry } from '../rows.js';
import { linePropertyOf } from '../parameters.js';
import { requireLineProperty } from './line-property.js';
import { currency, forecastModel, projectId } from './references.js';
import type { EntityRules } from './rules.js';

const ESTIMATES = 'ProjCDSEstimateExpensesImports';
const FORECASTS = 'ProjExpenseForecasts';
const RELATIONSHIPS = 'ProjCDSTransactionRelationshipImports';

/** Expense estimates become forecasts; what a relationship joins, the cost and the sales of an expense, becomes one. */
export const expenseEstimate: EntityRules = {
  references: [projectId, currency('CurrencyId'), forecastModel('ModelId')],
  validateWrite: (draft) => {
    requireLineProperty(draft);
    requireCategory(draft);
  },
  written: (draft) => forecastOf(draft.store, draft.company, draft.text('EstimateLineId')),
  becomes: FORECASTS,
};

/** A relationship may come before the estimates that it joins, or after them. */
export const transactionRelationship: EntityRules = {
  written: ({ store, ...draft }, row) => {
    const estimates = Rows.of(store, ESTIMATES);
    const schema = draft.table.schema;
    const end = String(row.values[schema.byName.get('Transaction1Id')?.slot ?? -1] ?? '');
    for (const { company } of estimates.where('EstimateLineId', end)) forecastOf(store, company, end);
  },
};

function requireCategory(draft: Draft): void {
  const id = draft.text('TransactionCategory');
  if (id === EMPTY_GUID || categoryOf(draft.store, draft.company, id)) return;
  const text = notFoundText('Transaction category', 'Categories', id);
  throw fieldRefused(draft.table.schema.model, 'TransactionCategory', text);
}

const categoryOf = (store: Store, company: string, integrationId: string): string | undefined =>
  Rows.of(store, 'ProjCDSCategories')
    .where('IntegrationId', integrationId)
    .find((category) => category.company === company)
    ?.text('CategoryId');

/** The other half of an estimate, if it is there. */
function partnerOf(store: Store, company: string, id: string): Entry | undefined {
  const relationships = Rows.of(store, RELATIONSHIPS);
  const others = [
    ...relationships.where('Transaction1Id', id).map((each) => each.text('Transaction2Id')),
    ...relationships.where('Transaction2Id', id).map((each) => each.text('Transaction1Id')),
  ];
  const estimates = Rows.of(store, ESTIMATES);
  return others.flatMap((other) => estimates.find(company, other) ?? [])[0];
}

function forecastOf(store: Store, company: string, id: string): void {
  const [estimates, forecasts] = [Rows.of(store, ESTIMATES), Rows.of(store, FORECASTS)];
  const estimate = estimates.find(company, id);
  if (!estimate) return;
  const partner = partnerOf(store, company, id);
  const isSales = estimate.text('TransType') === 'Sales';
  const [main, sales] = isSales && partner ? [partner, estimate] : [estimate, isSales ? estimate : partner];
  const alone = sales && sales !== main ? forecasts.find(company, sales.text('EstimateLineId')) : undefined;
  if (alone) forecasts.remove(alone);
  forecasts.put([company, main.text('EstimateLineId')], {
    SalesEstimateLineId: sales?.text('EstimateLineId') ?? EMPTY_GUID,
    ProjectId: main.text('ProjectId'),
    ActivityNumber: Rows.of(store, 'ProjActivities').find(company, main.text('TaskId'))?.text('ActivityNumber') ?? '',
    ForecastModel: main.text('ModelId'),
    Category: categoryOf(store, company, main.text('TransactionCategory')) ?? '',
    LineProperty: String(linePropertyOf(store, company, main.text('BillingType')) ?? ''),
    ProjectDate: main.value('DocumentDate'),
    Quantity: main.text('Quantity'),
    CostPrice: main === sales ? '0' : main.text('Price'),
    CostCurrency: main === sales ? '' : main.text('CurrencyId'),
    SalesPrice: sales?.text('Price') ?? '0',
    SalesCurrency: sales?.text('CurrencyId') ?? '',
    Description: main.text('Description'),
  });
}
