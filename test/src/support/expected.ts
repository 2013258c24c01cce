import type { Collection } from './finops.js';
import type { Row, Service } from './service.js';

/** How the rows of one collection must look: exactly these rows, with at least these fields. */
export type ExpectedTables = Readonly<Record<Collection, Row[]>>;

interface Numbered {
  accountnumber: string | null;
}

interface Order {
  salesorderid: string;
  ordernumber: string | null;
  name: string | null;
  msdyn_ordertype: number;
  paymenttermscode: number | null;
  exchangerate: string;
  transactioncurrencyid: { isocurrencycode: string };
  customerid_account: Numbered | null;
  customerid_contact: Numbered | null;
  msdyn_ContractOrganizationalUnitId: { msdyn_name: string };
}

interface Project {
  msdyn_projectid: string;
  msdynce_projectnumber: string | null;
  msdyn_subject: string;
  msdyn_scheduledstart: string | null;
  msdyn_scheduledend: string | null;
  msdyn_actualstart: string | null;
  msdyn_actualend: string | null;
  _msdyn_salesorderid_value: string | null;
  msdyn_customer: Numbered | null;
}

interface Line {
  salesorderdetailid: string;
  sequencenumber: number;
  productdescription: string;
  msdyn_billingmethod: number;
  _salesorderid_value: string | null;
  _msdyn_project_value: string | null;
}

interface Milestone {
  msdyn_contractlinescheduleofvalueid: string;
  msdyn_name: string;
  msdyn_invoicedate: string | null;
  msdyn_amount: string;
  _msdyn_contractlineid_value: string | null;
  transactioncurrencyid: { isocurrencycode: string };
}

const WORK_BASED = 192350001;
const LEGAL_ENTITIES: Readonly<Record<string, string>> = { 'Contoso US': 'ussi', 'Contoso Global': 'usmf' };
const PAYMENT_TERMS: Readonly<Record<number, string>> = { 1: 'Net30', 2: '2%10Net30', 3: 'Net45', 4: 'Net60' };
const LINE_TYPES: Readonly<Record<number, string>> = { 192350000: 'TimeMaterial', 192350001: 'FixedPrice' };
const SOURCE = 'Project Service Automation';
const LONGEST_NAME = 60;

/** A date without a time, as F&O carries it: at noon; the first of 1900 where there is none. */
const dateOf = (moment: string | null): string => `${moment?.slice(0, 10) ?? '1900-01-01'}T12:00:00Z`;

/** Rows that must be delivered, by the id of the row that they are made of. */
type Delivered = ReadonlyMap<string, Row>;

/**
 * What the four collections of F&O must hold after a run, worked out from the rows of PSA by the rules of the published
 * template alone: nothing of the product is used.
 *
 * @param customers accounts that F&O knows
 */
export async function expectedTables(psa: Service, customers: ReadonlySet<string>): Promise<ExpectedTables> {
  const unit = 'msdyn_ContractOrganizationalUnitId($select=msdyn_name)';
  const currency = 'transactioncurrencyid($select=isocurrencycode)';
  const customer = 'customerid_account($select=accountnumber),customerid_contact($select=accountnumber)';
  const orders = await psa.rows<Order>(`salesorders?$expand=${unit},${currency},${customer}`);
  const projects = await psa.rows<Project>('msdyn_projects?$expand=msdyn_customer($select=accountnumber)');
  const lines = await psa.rows<Line>('salesorderdetails');
  const milestones = await psa.rows<Milestone>(`msdyn_contractlinescheduleofvalues?$expand=${currency}`);

  const contractRows = byId(orders, 'salesorderid', (order) => contractOf(order, customers));
  const projectRows = byId(projects, 'msdyn_projectid', (project) => projectOf(project, contractRows));
  const lineRows = byId(lines, 'salesorderdetailid', (line) => lineOf(line, contractRows, projectRows));
  const id = 'msdyn_contractlinescheduleofvalueid';
  const milestoneRows = byId(milestones, id, (milestone) => milestoneOf(milestone, lineRows));
  return {
    ProjCDSProjectContracts: [...contractRows.values()],
    ProjCDSProjects: [...projectRows.values()],
    ProjCDSContractLineImports: [...lineRows.values()],
    ProjCDSContractLineMilestoneImports: [...milestoneRows.values()],
  };
}

function byId<T>(rows: readonly T[], id: keyof T, make: (row: T) => Row | undefined): Delivered {
  const made = rows.map((row) => [String(row[id]), make(row)] as const);
  return new Map(made.filter((entry): entry is [string, Row] => entry[1] !== undefined));
}

function contractOf(order: Order, customers: ReadonlySet<string>): Row | undefined {
  const { ordernumber, name, paymenttermscode: code } = order;
  const dataAreaId = LEGAL_ENTITIES[order.msdyn_ContractOrganizationalUnitId.msdyn_name];
  const account = (order.customerid_account ?? order.customerid_contact)?.accountnumber ?? '';
  const terms = code === null ? '' : PAYMENT_TERMS[code];
  if (order.msdyn_ordertype !== WORK_BASED || !ordernumber || (name ?? '').length > LONGEST_NAME) return undefined;
  if (dataAreaId === undefined || terms === undefined || (account && !customers.has(account))) return undefined;
  return {
    dataAreaId,
    ProjectContractID: ordernumber,
    Name: name ?? '',
    CurrencyCode: order.transactioncurrencyid.isocurrencycode,
    ExchangeRate: order.exchangerate,
    CustomerAccount: account,
    PaymentTerms: terms,
    SourceDataID: SOURCE,
  };
}

function projectOf(project: Project, contracts: Delivered): Row | undefined {
  const contract = contracts.get(project._msdyn_salesorderid_value ?? '');
  if (!contract || !project.msdynce_projectnumber) return undefined;
  const { dataAreaId = '', ProjectContractID = '' } = contract;
  return {
    dataAreaId,
    ProjectID: project.msdynce_projectnumber,
    ProjectName: project.msdyn_subject,
    ProjectedStartDate: dateOf(project.msdyn_scheduledstart),
    ProjectedEndDate: dateOf(project.msdyn_scheduledend),
    StartDate: dateOf(project.msdyn_actualstart),
    EndDate: dateOf(project.msdyn_actualend),
    ProjectContractID,
    CustomerAccount: project.msdyn_customer?.accountnumber ?? '',
    SourceDataID: SOURCE,
  };
}

function lineOf(line: Line, contracts: Delivered, projects: Delivered): Row | undefined {
  const contract = contracts.get(line._salesorderid_value ?? '');
  const project = projects.get(line._msdyn_project_value ?? '');
  if (!contract || (line._msdyn_project_value !== null && !project)) return undefined;
  const { dataAreaId = '', ProjectContractID: ContractId = '' } = contract;
  return {
    dataAreaId,
    TransactionId: line.salesorderdetailid,
    ContractId,
    ContractLine: line.sequencenumber,
    Description: line.productdescription,
    ProjectId: project?.['ProjectID'] ?? '',
    Type: LINE_TYPES[line.msdyn_billingmethod] ?? '',
  };
}

function milestoneOf(milestone: Milestone, lines: Delivered): Row | undefined {
  const line = lines.get(milestone._msdyn_contractlineid_value ?? '');
  if (!line) return undefined;
  const { dataAreaId = '', TransactionId: ContractLineRef = '' } = line;
  return {
    dataAreaId,
    TransactionId: milestone.msdyn_contractlinescheduleofvalueid,
    ContractLineRef,
    Description: milestone.msdyn_name,
    InvoiceDate: dateOf(milestone.msdyn_invoicedate),
    Amount: milestone.msdyn_amount,
    CurrencyId: milestone.transactioncurrencyid.isocurrencycode,
  };
}

const DECIMALS = new Set([
  'ExchangeRate',
  'Amount',
  'AmountMST',
  'UnitPrice',
  'UnitPriceMST',
  'Quantity',
  'Price',
  'Duration',
  'PlannedCostAmount',
  'PlannedSalesAmount',
]);

/** Rows cut down to the fields of a sample, decimals without trailing zeros (digit by digit, never as numbers), in an order. */
export function comparable(rows: readonly Row[], fields: readonly string[]): string[] {
  return rows
    .map((row) => JSON.stringify(Object.fromEntries(fields.map((field) => [field, spelling(field, row[field])]))))
    .sort();
}

function spelling(field: string, value: Row[string] | undefined): Row[string] {
  if (value === undefined) return null;
  return DECIMALS.has(field)
    ? String(value)
        .replace(/(\.\d*?)0+$/, '$1')
        .replace(/\.$/, '')
    : value;
}
