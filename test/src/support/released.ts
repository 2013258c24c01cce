import type { RunningSandbox } from '@isthmus/sandbox';
import { tableOf } from './finops.js';
import { psaOf, type Row, type Service } from './service.js';

/** Where tasks, estimates and actuals arrive. */
export const ARRIVALS = [
  'ProjCDSTasks',
  'ProjCDSEstimateHours',
  'ProjCDSTransactionRelationshipImports',
  'ProjCDSEstimateExpensesImports',
  'ProjCDSActualsImports',
] as const;

const BILLING_TYPES: Readonly<Record<number, string>> = {
  192350000: 'NonChargeable',
  192350001: 'Chargeable',
  192350002: 'Complimentary',
};
const TRANSACTION_TYPES: Readonly<Record<number, string>> = { 192350000: 'Cost', 192350005: 'Sales' };
const EXPENSE = 192350001;
const NO_ID = '00000000-0000-0000-0000-000000000000';

/** A date without a time, as F&O carries it. */
const dateOf = (moment: Row[string] | undefined): string =>
  `${typeof moment === 'string' ? moment.slice(0, 10) : '1900-01-01'}T12:00:00Z`;

interface Project {
  readonly dataAreaId: string;
  readonly number: string;
}

/**
 * What tasks, estimates and actuals must be in F&O, worked out from the rows of PSA by the rules of the published
 * templates alone. Only rows of projects that F&O has by now; awkward ones left out.
 */
export async function expectedArrivals(sandbox: RunningSandbox): Promise<Record<(typeof ARRIVALS)[number], Row[]>> {
  const psa = psaOf(sandbox);
  const projects = await projectsOf(psa, sandbox);
  const currency = 'transactioncurrencyid($select=isocurrencycode)';
  const tasks = await psa.rows<Row & { transactioncurrencyid: Row | null }>(`msdyn_projecttasks?$expand=${currency}`);
  const lines = await psa.rows<Row & { transactioncurrencyid: Row | null }>(`msdyn_estimatelines?$expand=${currency}`);
  const actuals = await psa.rows<Row & { transactioncurrencyid: Row | null; msdyn_salescontract: Row | null }>(
    `msdyn_actuals?$expand=${currency},msdyn_salescontract($select=ordernumber)`,
  );
  const connections = await psa.rows('msdyn_transactionconnections');
  const projectOf = (row: Row): Project | undefined => projects.get(String(row['_msdyn_project_value']));
  const nodes = tasks.filter((row) => row['msdyn_islinetask'] === false && projectOf(row) && !isAwkward(row));
  return {
    ProjCDSTasks: nodes.map((row) => ({
      dataAreaId: projectOf(row)?.dataAreaId ?? '',
      Task: row['msdyn_projecttaskid'] ?? null,
      ParentTask: row['_msdyn_parenttask_value'] ?? NO_ID,
      ProjectId: projectOf(row)?.number ?? '',
      Name: row['msdyn_subject'] ?? '',
      WorkBreakdownStructureID: row['msdyn_wbsid'] ?? '',
    })),
    ProjCDSEstimateHours: nodes
      .filter((row) => row['_msdyn_transactioncategory_value'] !== null)
      .map((row) => ({
        dataAreaId: projectOf(row)?.dataAreaId ?? '',
        TaskId: row['msdyn_projecttaskid'] ?? null,
        ProjectId: projectOf(row)?.number ?? '',
        StartDate: dateOf(row['msdyn_scheduledstart']),
        Description: row['msdyn_subject'] ?? '',
        Duration: row['msdyn_effort'] ?? null,
        SalesCurrency: row.transactioncurrencyid?.['isocurrencycode'] ?? '',
        ExchangeRate: row['exchangerate'] ?? null,
        PlannedCostAmount: row['msdyn_plannedcost'] ?? null,
        PlannedSalesAmount: row['msdyn_plannedsales'] ?? null,
        ForecastModel: 'O_forecast',
      })),
    ProjCDSTransactionRelationshipImports: connections.map((row) => ({
      ConnectionId: row['msdyn_transactionconnectionid'] ?? null,
      Transaction1Id: row['msdyn_transaction1'] ?? '',
      Transaction1Role: row['msdyn_transaction1role'] ?? '',
      Transaction1Type: row['msdyn_transaction1type'] ?? '',
      Transaction2Id: row['msdyn_transaction2'] ?? '',
      Transaction2Role: row['msdyn_transaction2role'] ?? '',
      Transaction2Type: row['msdyn_transaction2type'] ?? '',
    })),
    ProjCDSEstimateExpensesImports: lines
      .filter((row) => row['msdyn_transactionclassification'] === EXPENSE)
      .map((row) => ({
        dataAreaId: projectOf(row)?.dataAreaId ?? '',
        EstimateLineId: row['msdyn_estimatelineid'] ?? null,
        ProjectId: projectOf(row)?.number ?? '',
        TaskId: row['_msdyn_task_value'] ?? NO_ID,
        TransactionCategory: row['_msdyn_transactioncategory_value'] ?? NO_ID,
        DocumentDate: dateOf(row['msdyn_accountingdate']),
        Description: row['msdyn_description'] ?? '',
        Quantity: row['msdyn_quantity'] ?? null,
        Price: row['msdyn_price'] ?? null,
        CurrencyId: row.transactioncurrencyid?.['isocurrencycode'] ?? '',
        ExchangeRate: row['exchangerate'] ?? null,
        BillingType: BILLING_TYPES[Number(row['msdyn_billingtype'])] ?? 'NotAvailable',
        TransType: TRANSACTION_TYPES[Number(row['msdyn_transactiontypecode'])] ?? '',
        ModelId: 'O_forecast',
      })),
    ProjCDSActualsImports: actuals
      .filter((row) => projectOf(row))
      .map((row) => ({
        dataAreaId: projectOf(row)?.dataAreaId ?? '',
        ProjectDataAreaId: '',
        ActualId: row['msdyn_actualid'] ?? null,
        AccountingDate: dateOf(row['msdyn_accountingdate']),
        DocumentDate: dateOf(row['msdyn_documentdate']),
        StartDate: dateOf(row['msdyn_startdatetime']),
        EndDate: dateOf(row['msdyn_enddatetime']),
        ExchangeRateDate: dateOf(row['msdyn_exchangeratedate']),
        ExchangeRate: row['exchangerate'] ?? null,
        Amount: row['msdyn_amount'] ?? null,
        AmountMST: row['msdyn_amount_base'] ?? null,
        UnitPrice: row['msdyn_price'] ?? null,
        UnitPriceMST: row['msdyn_price_base'] ?? null,
        Quantity: row['msdyn_quantity'] ?? null,
        BillingType: BILLING_TYPES[Number(row['msdyn_billingtype'])] ?? 'NotAvailable',
        TransType: TRANSACTION_TYPES[Number(row['msdyn_transactiontypecode'])] ?? '',
        TransactionClassification: String(row['msdyn_transactionclassification']),
        TransactionCategory: row['_msdyn_transactioncategory_value'] ?? NO_ID,
        ContractId: row.msdyn_salescontract?.['ordernumber'] ?? '',
        ProjectId: projectOf(row)?.number ?? '',
        TaskId: row['_msdyn_task_value'] ?? NO_ID,
        ContractingUnit: row['_msdyn_contractorganizationalunitid_value'] ?? NO_ID,
        ResourceOperationUnitId: row['_msdyn_resourceorganizationalunitid_value'] ?? NO_ID,
        Description: row['msdyn_description'] ?? '',
        ExternalDescription: row['msdyn_externaldescription'] ?? '',
        ExternalReference: row['msdyn_externalreferenceid'] ?? '',
        TransactionCurrencyId: row.transactioncurrencyid?.['isocurrencycode'] ?? '',
      })),
  };
}

/** Projects that F&O has, by their PSA id. */
async function projectsOf(psa: Service, sandbox: RunningSandbox): Promise<Map<string, Project>> {
  const delivered = new Map(
    (await tableOf(sandbox, 'ProjCDSProjects')).map((row) => [row['ProjectID'], String(row['dataAreaId'])]),
  );
  const rows = await psa.rows('msdyn_projects?$select=msdyn_projectid,msdynce_projectnumber');
  return new Map(
    rows.flatMap(({ msdyn_projectid: id, msdynce_projectnumber: number }) => {
      const dataAreaId = delivered.get(number ?? null);
      return dataAreaId === undefined ? [] : [[String(id), { dataAreaId, number: String(number) }] as const];
    }),
  );
}

/** The sample company's tasks that no system would take: a circle, and an orphan. */
const isAwkward = (row: Row): boolean => String(row['msdyn_projecttaskid']).startsWith('a0000000-');
