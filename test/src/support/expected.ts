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

/**
 * What the four collections of F&O must hold after a run, worked out from the rows of PSA by the rules of the published
 * template alone: nothing of the product is used.
 *
 * @param customers accounts that F&O knows
 */
export async function expectedTables(psa: Service, customers: ReadonlySet<string>): Promise<ExpectedTables> {
  const unit = '$expand=msdyn_ContractOrganizationalUnitId($select=msdyn_name)';
  const currency = 'transactioncurrencyid($select=isocurrencycode)';
  const customer = 'customerid_account($select=accountnumber),customerid_contact($select=accountnumber)';
  const orders = await psa.rows<Order>(`salesorders?${unit},${currency},${customer}`);
  const projects = await psa.rows<Project>('msdyn_projects?$expand=msdyn_customer($select=accountnumber)');
  const lines = await psa.rows<Line>('salesorderdetails');
  const milestones = await psa.rows<Milestone>(`msdyn_contractlinescheduleofvalues?$expand=${currency}`);

  const contracts = new Map<string, Row>();
  for (const order of orders) {
    const dataAreaId = LEGAL_ENTITIES[order.msdyn_ContractOrganizationalUnitId.msdyn_name];
    const account = (order.customerid_account ?? order.customerid_contact)?.accountnumber ?? '';
    const terms = order.paymenttermscode === null ? '' : PAYMENT_TERMS[order.paymenttermscode];
    const isSound =
      order.msdyn_ordertype === WORK_BASED && order.ordernumber && (order.name ?? '').length <= LONGEST_NAME;
    const isKnown = account === '' || customers.has(account);
    if (!isSound || !isKnown || dataAreaId === undefined || terms === undefined) continue;
    contracts.set(order.salesorderid, {
      dataAreaId,
      ProjectContractID: order.ordernumber,
      Name: order.name ?? '',
      CurrencyCode: order.transactioncurrencyid.isocurrencycode,
      ExchangeRate: order.exchangerate,
      CustomerAccount: account,
      PaymentTerms: terms,
      SourceDataID: SOURCE,
    });
  }

  const delivered = new Map<string, Row>();
  for (const project of projects) {
    const contract = contracts.get(project._msdyn_salesorderid_value ?? '');
    if (!contract || !project.msdynce_projectnumber) continue;
    delivered.set(project.msdyn_projectid, {
      dataAreaId: contract['dataAreaId'] ?? '',
      ProjectID: project.msdynce_projectnumber,
      ProjectName: project.msdyn_subject,
      ProjectedStartDate: dateOf(project.msdyn_scheduledstart),
      ProjectedEndDate: dateOf(project.msdyn_scheduledend),
      StartDate: dateOf(project.msdyn_actualstart),
      EndDate: dateOf(project.msdyn_actualend),
      ProjectContractID: contract['ProjectContractID'] ?? '',
      CustomerAccount: project.msdyn_customer?.accountnumber ?? '',
      SourceDataID: SOURCE,
    });
  }

  const billed = new Map<string, Row>();
  for (const line of lines) {
    const contract = contracts.get(line._salesorderid_value ?? '');
    const project = delivered.get(line._msdyn_project_value ?? '');
    if (!contract || (line._msdyn_project_value !== null && !project)) continue;
    billed.set(line.salesorderdetailid, {
      dataAreaId: contract['dataAreaId'] ?? '',
      TransactionId: line.salesorderdetailid,
      ContractId: contract['ProjectContractID'] ?? '',
      ContractLine: line.sequencenumber,
      Description: line.productdescription,
      ProjectId: project?.['ProjectID'] ?? '',
      Type: LINE_TYPES[line.msdyn_billingmethod] ?? '',
    });
  }

  return {
    ProjCDSProjectContracts: [...contracts.values()],
    ProjCDSProjects: [...delivered.values()],
    ProjCDSContractLineImports: [...billed.values()],
    ProjCDSContractLineMilestoneImports: milestones.flatMap((milestone): Row[] => {
      const line = billed.get(milestone._msdyn_contractlineid_value ?? '');
      if (!line) return [];
      return [
        {
          dataAreaId: line['dataAreaId'] ?? '',
          TransactionId: milestone.msdyn_contractlinescheduleofvalueid,
          ContractLineRef: line['TransactionId'] ?? '',
          Description: milestone.msdyn_name,
          InvoiceDate: dateOf(milestone.msdyn_invoicedate),
          Amount: milestone.msdyn_amount,
          CurrencyId: milestone.transactioncurrencyid.isocurrencycode,
        },
      ];
    }),
  };
}

const DECIMALS = new Set(['ExchangeRate', 'Amount']);

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
