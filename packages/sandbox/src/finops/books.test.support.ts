import type { SandboxOptions } from '../options.js';
import type { Answer, Json, SandboxClient } from '../client.test.support.js';
import { batchBody, operation, startWithClient } from '../client.test.support.js';
import { mustCreate } from './world.test.support.js';

const CLASSES = { time: 192350000, expense: 192350001, fee: 192350004, tax: 690970002 };

/** PSA's id of the category Meal, which is taxed as goods. */
export const MEAL = '11111111-1111-4111-8111-111111111111';

export const idOf = (number: number): string => `aaaaaaaa-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** The sample company's set-up in both legal entities, with one project each, for a customer who is taxed. */
export async function startWithBooks(options: SandboxOptions = {}): Promise<Bookkeeping> {
  const client = await startWithClient({ scale: 0.1, ...options });
  for (const dataAreaId of ['usmf', 'ussi']) {
    await mustCreate(client, 'CustomersV3', {
      dataAreaId,
      CustomerAccount: 'TAXED',
      CustomerGroupId: '10',
      SalesCurrencyCode: 'USD',
      SalesTaxGroup: 'US',
    });
    const contract = {
      dataAreaId,
      ProjectContractID: `C-${dataAreaId}`,
      CustomerAccount: 'TAXED',
      CurrencyCode: 'USD',
    };
    await mustCreate(client, 'ProjCDSProjectContracts', contract);
    await mustCreate(client, 'ProjCDSProjects', {
      dataAreaId,
      ProjectID: `P-${dataAreaId}`,
      ProjectContractID: `C-${dataAreaId}`,
      CustomerAccount: 'TAXED',
    });
    const category = `ProjCDSCategories(dataAreaId='${dataAreaId}',CategoryId='Meal')?cross-company=true`;
    await client.finops('PATCH', category, { body: { IntegrationId: MEAL } });
  }
  return new Bookkeeping(client);
}

export interface ActualFields {
  readonly id: number;
  readonly class?: keyof typeof CLASSES;
  readonly type?: string;
  readonly amount?: string | number;
  readonly currency?: string;
  readonly date?: string;
  readonly more?: Json;
}

/** What tests ask of the books, in their words. */
export class Bookkeeping {
  constructor(readonly client: SandboxClient) {}

  stop(): Promise<void> {
    return this.client.sandbox.stop();
  }

  actual({
    id,
    class: kind = 'expense',
    type = 'Cost',
    amount = '100',
    currency = 'USD',
    date,
    more,
  }: ActualFields): Json {
    return {
      dataAreaId: 'usmf',
      ActualId: idOf(id),
      AccountingDate: `${date ?? '2026-05-04'}T12:00:00Z`,
      DocumentDate: `${date ?? '2026-05-04'}T12:00:00Z`,
      TransType: type,
      TransactionClassification: CLASSES[kind],
      TransactionCategory: MEAL,
      TransactionCurrencyId: currency,
      BillingType: 'Chargeable',
      Amount: amount,
      UnitPrice: amount,
      Quantity: 1,
      ExchangeRate: 1,
      ProjectId: 'P-usmf',
      ContractId: 'C-usmf',
      ...more,
    };
  }

  async stage(...actuals: ActualFields[]): Promise<void> {
    for (const fields of actuals) await mustCreate(this.client, 'ProjCDSActualsImports', this.actual(fields));
  }

  /** Many at once. */
  async stageAll(actuals: readonly ActualFields[]): Promise<void> {
    const operations = actuals.map((fields) => operation('POST', 'ProjCDSActualsImports', this.actual(fields)));
    const { text } = await this.client.finops('POST', '$batch', batchBody(operations));
    const refused = text.split('\r\n').find((line) => line.includes('"error"'));
    if (refused) throw new TypeError(refused);
  }

  relate(id: number, from: number, to: number): Promise<Answer> {
    return mustCreate(this.client, 'ProjCDSTransactionRelationshipImports', {
      ConnectionId: idOf(900_000 + id),
      Transaction1Id: idOf(from),
      Transaction1Role: 'Unbilled Sales',
      Transaction1Type: 'msdyn_actual',
      Transaction2Id: idOf(to),
      Transaction2Role: 'Cost',
      Transaction2Type: 'msdyn_actual',
    });
  }

  import(parameters: Json = { legalEntityId: 'usmf' }): Promise<Answer> {
    return this.ask('ProjCDSActualsImports', 'importFromStagingTable', parameters);
  }

  post(parameters: Json = { legalEntityId: 'usmf' }): Promise<Answer> {
    return this.ask('ProjAdvancedJournalHeaders', 'postJournals', parameters);
  }

  ask(path: string, action: string, body: Json = {}): Promise<Answer> {
    return this.client.finops('POST', `${path}/Microsoft.Dynamics.DataEntities.${action}`, { body });
  }

  /** All rows of a set in both companies, decimals as text. */
  async rows(set: string, filter = ''): Promise<Json[]> {
    const query = `cross-company=true${filter && `&$filter=${encodeURIComponent(filter)}`}`;
    const headers = { accept: 'application/json;IEEE754Compatible=true' };
    return (await this.client.finops('GET', `${set}?${query}`, { headers })).json.value;
  }

  lines(): Promise<Json[]> {
    return this.rows('ProjAdvancedJournalLines');
  }

  change(address: string, body: Json): Promise<Answer> {
    return this.client.finops('PATCH', `${address}?cross-company=true`, { body });
  }

  remove(address: string): Promise<Answer> {
    return this.client.finops('DELETE', `${address}?cross-company=true`);
  }
}

export const actualAddress = (id: number, company = 'usmf'): string =>
  `ProjCDSActualsImports(dataAreaId='${company}',ActualId=${idOf(id)})`;

export const periodAddress = (month: string): string =>
  `LedgerPeriods(dataAreaId='usmf',StartDate=${month}-01T12:00:00Z)`;
