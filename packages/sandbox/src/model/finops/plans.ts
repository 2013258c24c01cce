import { date, guid, perCompany, rate, real, text } from './fields.js';

/** What tasks and estimates become: activities and forecasts, keyed by the PSA id that they came with. Names are this sandbox's own. */

const activity = perCompany({
  name: 'ProjActivity',
  set: 'ProjActivities',
  aotName: 'ProjActivityEntity',
  label: 'Project activities',
  readOnly: true,
  key: ['Task'],
  properties: [
    guid('Task', 'mandatory'),
    text('ActivityNumber', 20, 'mandatory'),
    text('ParentActivityNumber', 20),
    text('ProjectId', 20, 'mandatory'),
    text('WorkBreakdownStructureID', 60),
    text('Name', 60),
  ],
});

const hourForecast = perCompany({
  name: 'ProjHourForecast',
  set: 'ProjHourForecasts',
  aotName: 'ProjHourForecastEntity',
  label: 'Project hour forecasts',
  readOnly: true,
  key: ['TaskId'],
  properties: [
    guid('TaskId', 'mandatory'),
    text('ProjectId', 20, 'mandatory'),
    text('ActivityNumber', 20),
    text('ForecastModel', 10, 'mandatory'),
    text('Category', 30),
    date('ProjectDate'),
    real('Hours'),
    real('CostPrice'),
    real('SalesPrice'),
    text('SalesCurrency', 3),
    rate('ExchangeRate'),
    text('Description', 60),
  ],
});

/** Cost and sales of the same expense, where a transaction relationship joins the two estimates. */
const expenseForecast = perCompany({
  name: 'ProjExpenseForecast',
  set: 'ProjExpenseForecasts',
  aotName: 'ProjExpenseForecastEntity',
  label: 'Project expense forecasts',
  readOnly: true,
  key: ['EstimateLineId'],
  properties: [
    guid('EstimateLineId', 'mandatory'),
    guid('SalesEstimateLineId'),
    text('ProjectId', 20, 'mandatory'),
    text('ActivityNumber', 20),
    text('ForecastModel', 10, 'mandatory'),
    text('Category', 30),
    text('LineProperty', 10),
    date('ProjectDate'),
    real('Quantity'),
    real('CostPrice'),
    text('CostCurrency', 3),
    real('SalesPrice'),
    text('SalesCurrency', 3),
    text('Description', 60),
  ],
});

export const plans = [activity, hourForecast, expenseForecast];
