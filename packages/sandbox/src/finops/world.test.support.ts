import type { Answer, Json, SandboxClient } from '../client.test.support.js';
import { startWithClient } from '../client.test.support.js';
import type { SandboxOptions } from '../index.js';

export const LINE = '33333333-3333-4333-8333-333333333333';

/** Two legal entities with what contracts and projects refer to; integration is configured in usmf only. */
export async function startWithCompanies(options: Partial<SandboxOptions> = {}): Promise<SandboxClient> {
  return withCompanies(await startWithClient({ empty: true, ...options }));
}

/** The same in a sandbox that is empty so far. */
export async function withCompanies(client: SandboxClient): Promise<SandboxClient> {
  const create = async (set: string, ...rows: Json[]): Promise<void> => {
    for (const body of rows) await mustCreate(client, set, body);
  };
  await create('LegalEntities', { LegalEntityId: 'USMF' }, { LegalEntityId: 'USSI' });
  await create('Currencies', { CurrencyCode: 'USD' }, { CurrencyCode: 'EUR' });
  await create('PaymentTerms', { Name: 'Net30' }, { dataAreaId: 'ussi', Name: 'Net30' });
  const customer = {
    CustomerAccount: 'US-001',
    OrganizationName: 'Contoso Retail',
    CustomerGroupId: '10',
    SalesCurrencyCode: 'USD',
  };
  await create(
    'CustomersV3',
    customer,
    { ...customer, dataAreaId: 'ussi' },
    { ...customer, CustomerAccount: 'US-002', OrganizationName: 'Fabrikam' },
  );
  await create(
    'ProjectGroups',
    { ProjectGroup: 'TM', ProjectType: 'TimeMaterial' },
    { ProjectGroup: 'FP', ProjectType: 'FixedPrice' },
  );
  await create(
    'ProjCDSParameters',
    { IntegrationEnabled: 'Yes', DefaultProjectType: 'TimeMaterial' },
    { dataAreaId: 'ussi' },
  );
  await create(
    'ProjCDSProjectGroupDefaults',
    { ProjectType: 'TimeMaterial', ProjectGroup: 'TM' },
    { ProjectType: 'FixedPrice', ProjectGroup: 'FP' },
  );
  await create('ProjCDSBillingTypeDefaults', { BillingType: 'Chargeable', LinePropertyId: 'Charge' });
  return client;
}

export async function mustCreate({ finops }: SandboxClient, set: string, body: Json): Promise<Answer> {
  const answer = await finops('POST', set, { body });
  if (answer.status !== 201) throw new TypeError(`${set}: ${answer.text}`);
  return answer;
}

export const contract = (fields: Json = {}): Json => ({
  ProjectContractID: 'C-1',
  Name: 'Contract',
  CustomerAccount: 'US-001',
  CurrencyCode: 'USD',
  PaymentTerms: 'Net30',
  ...fields,
});

export const project = (fields: Json = {}): Json => ({
  ProjectID: 'P-1',
  ProjectName: 'Project',
  ProjectContractID: 'C-1',
  CustomerAccount: 'US-001',
  ...fields,
});

export const contractLine = (fields: Json = {}): Json => ({
  TransactionId: LINE,
  ContractId: 'C-1',
  ContractLine: 1,
  Type: 'TimeMaterial',
  ProjectId: 'P-1',
  ...fields,
});

/** The Infolog text that a refusal carries. */
export const infolog = ({ json }: Answer): string => json.error.innererror.message;
