import { ratio } from '../../odata/index.js';
import type { Draft } from '../draft.js';
import { fieldOf } from '../draft.js';
import { rowRefused } from '../refusals.js';
import { Rows } from '../rows.js';
import { currency, forecastModel, projectId, task } from './references.js';
import type { EntityRules } from './rules.js';

const FORECASTS = 'ProjHourForecasts';
const PRICE_DIGITS = 6;

/** Hour estimates become forecasts, in the time category of the parameters. */
export const hourEstimate: EntityRules = {
  references: [projectId, task('TaskId'), currency('SalesCurrency'), forecastModel('ForecastModel')],
  validateWrite: (draft) => void timeCategory(draft),
  written: (draft) => forecast(draft),
  becomes: FORECASTS,
};

function timeCategory(draft: Draft): string {
  const category = fieldOf(draft.store, 'ProjCDSParameters', [draft.company], 'TimeCategory');
  if (category) return String(category);
  throw rowRefused(
    draft.table.schema.model,
    'Error',
    `The time category of the Project Service Automation integration parameters is not set in company '${draft.company}'.`,
  );
}

function forecast(draft: Draft): void {
  const hours = draft.text('Duration');
  const perHour = (amount: string): string => ratio(amount, hours, PRICE_DIGITS, '0');
  Rows.of(draft.store, FORECASTS).put([draft.company, draft.value('TaskId')], {
    ProjectId: draft.text('ProjectId'),
    ActivityNumber:
      fieldOf(draft.store, 'ProjActivities', [draft.company, draft.value('TaskId')], 'ActivityNumber') ?? '',
    ForecastModel: draft.text('ForecastModel'),
    Category: timeCategory(draft),
    ProjectDate: draft.value('StartDate'),
    Hours: hours,
    CostPrice: perHour(draft.text('PlannedCostAmount')),
    SalesPrice: perHour(draft.text('PlannedSalesAmount')),
    SalesCurrency: draft.text('SalesCurrency'),
    ExchangeRate: draft.text('ExchangeRate'),
    Description: draft.text('Description'),
  });
}
