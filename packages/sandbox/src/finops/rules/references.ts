import type { Reference } from './rules.js';

/** The references that several entities share. */
export const customerAccount: Reference = {
  field: 'CustomerAccount',
  label: 'Customer account',
  set: 'CustomersV3',
  relatedTable: 'Customers',
};

export const projectId: Reference = {
  field: 'ProjectId',
  label: 'Project ID',
  set: 'ProjCDSProjects',
  relatedTable: 'Projects',
};

export const contract = (field: string): Reference => ({
  field,
  label: 'Project contract ID',
  set: 'ProjCDSProjectContracts',
  relatedTable: 'Project contracts',
});

export const currency = (field: string): Reference => ({
  field,
  label: 'Currency',
  set: 'Currencies',
  relatedTable: 'Currencies',
});

export const task = (field: string): Reference => ({
  field,
  label: 'Task',
  set: 'ProjCDSTasks',
  relatedTable: 'Project tasks',
});

export const forecastModel = (field: string): Reference => ({
  field,
  label: 'Forecast model',
  set: 'ForecastModels',
  relatedTable: 'Forecast models',
});
