/** What a customer of the benchmark has installed, and which tables that reads. */
export interface Installation {
  /** Folders under plugins/. */
  readonly plugins: readonly string[];
  readonly integrations: Readonly<Record<string, { readonly template: string; readonly parameters?: object }>>;
  /** Further options of the connection to F&O. */
  readonly finops?: object;
  readonly psaSets: readonly string[];
  readonly finopsSets: readonly string[];
}

export const CONTRACTS: Installation = {
  plugins: ['contracts'],
  integrations: { contracts: { template: 'projects-and-contracts' } },
  psaSets: [
    'salesorders',
    'msdyn_projects',
    'salesorderdetails',
    'msdyn_contractlinescheduleofvalues',
    'accounts',
    'contacts',
    'transactioncurrencies',
    'msdyn_organizationalunits',
  ],
  finopsSets: ['CustomersV3', 'PaymentTerms', 'ProjectGroups', 'ProjCDSParameters'],
};

/** No row has been made yet. */
export const NOTHING_READ: Installation = { ...CONTRACTS, psaSets: [], finopsSets: [] };

/** Actuals, with what must be there before them. */
export const ACTUALS: Installation = {
  plugins: [...CONTRACTS.plugins, 'tasks', 'expense-categories', 'actuals', 'actuals-update'],
  integrations: {
    ...CONTRACTS.integrations,
    tasks: { template: 'project-tasks' },
    categories: { template: 'expense-categories' },
    actuals: { template: 'actuals' },
    'actuals-update': { template: 'actuals-update', parameters: { voucherColumn: 'msdynce_vouchernumber' } },
  },
  psaSets: [
    ...CONTRACTS.psaSets,
    'msdyn_projecttasks',
    'msdyn_transactioncategories',
    'msdyn_actuals',
    'msdyn_transactionconnections',
  ],
  finopsSets: [...CONTRACTS.finopsSets, 'ProjCDSCategories'],
};

export const ACTUALS_IN_PACKAGES: Installation = {
  ...ACTUALS,
  finops: { dataPackages: { fromRows: 1_000, rows: 20_000 } },
};
