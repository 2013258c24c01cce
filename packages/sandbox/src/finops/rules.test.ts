import { expect } from 'chai';
import type { Answer, Json, SandboxClient } from '../client.test.support.js';
import { batchBody, operation } from '../client.test.support.js';
import {
  contract,
  contractLine,
  infolog,
  LINE,
  mustCreate,
  project,
  startWithCompanies,
} from './world.test.support.js';

const MILESTONE = '44444444-4444-4444-8444-444444444444';

describe('F&O project integration', () => {
  let client: SandboxClient;
  const post = (set: string, body: Json): Promise<Answer> => client.finops('POST', set, { body });
  const read = async (path: string): Promise<Json> => (await client.finops('GET', path)).json;
  const projectOf = (id: string) => read(`ProjCDSProjects(dataAreaId='usmf',ProjectID='${id}')`);

  beforeEach(async () => {
    client = await startWithCompanies();
  });

  afterEach(() => client.sandbox.stop());

  it('is refused before the parameters of the company allow it', async () => {
    const refused = await post('ProjCDSProjectContracts', contract({ dataAreaId: 'ussi' }));
    expect(refused.status).to.equal(400);
    expect(infolog(refused)).to.contain("integration parameters are not configured in company 'ussi'");
    await client.finops('PATCH', "ProjCDSParameters(dataAreaId='ussi')?cross-company=true", {
      body: { IntegrationEnabled: 'Yes' },
    });
    expect((await post('ProjCDSProjectContracts', contract({ dataAreaId: 'ussi' }))).status).to.equal(201);
  });

  it('names contracts and projects that come without a name', async () => {
    const { json } = await mustCreate(client, 'ProjCDSProjectContracts', contract({ ProjectContractID: '' }));
    expect(json.ProjectContractID).to.match(/^ORD-\d{5}-[A-Z0-9]{6}$/);
    const { ProjectID: _left, ...nameless } = project({ ProjectContractID: json.ProjectContractID });
    expect((await mustCreate(client, 'ProjCDSProjects', nameless)).json.ProjectID).to.match(/^PRJ-\d{5}-[A-Z0-9]{6}$/);
  });

  const references: readonly [string, string, () => Json, string][] = [
    [
      'CustomerAccount',
      'ProjCDSProjectContracts',
      () => contract({ CustomerAccount: 'none' }),
      "The value 'none' in field 'Customer account' is not found in the related table 'Customers'.",
    ],
    [
      'CurrencyCode',
      'ProjCDSProjectContracts',
      () => contract({ CurrencyCode: 'XXX' }),
      "The value 'XXX' in field 'Currency' is not found in the related table 'Currencies'.",
    ],
    [
      'PaymentTerms',
      'ProjCDSProjectContracts',
      () => contract({ PaymentTerms: 'Net99' }),
      "The value 'Net99' in field 'Terms of payment' is not found",
    ],
    [
      'ProjectContractID',
      'ProjCDSProjects',
      () => project({ ProjectContractID: 'none' }),
      "The value 'none' in field 'Project contract ID' is not found in the related table 'Project contracts'.",
    ],
    [
      'ProjectGroup',
      'ProjCDSProjects',
      () => project({ ProjectContractID: '', ProjectGroup: 'none' }),
      "The value 'none' in field 'Project group' is not found",
    ],
    [
      'ContractId',
      'ProjCDSContractLineImports',
      () => contractLine(),
      "The value 'C-1' in field 'Project contract ID' is not found",
    ],
    [
      'ContractLineRef',
      'ProjCDSContractLineMilestoneImports',
      () => milestone(),
      `The value '${LINE}' in field 'Contract line' is not found in the related table 'Project contract lines'.`,
    ],
  ];
  for (const [field, set, row, text] of references) {
    it(`refuses a ${set} row whose ${field} is not there`, async () => {
      const answer = await post(set, row());
      expect(answer.status).to.equal(400);
      expect(infolog(answer)).to.contain(`Warning: ${text}`);
      expect(infolog(answer)).to.match(
        new RegExp(`; Warning: validateField failed on field '\\w+Entity\\.${field}'\\.\\.$`),
      );
    });
  }

  it('looks for references in the company of the row', async () => {
    await client.finops('PATCH', "ProjCDSParameters(dataAreaId='ussi')?cross-company=true", {
      body: { IntegrationEnabled: 'Yes' },
    });
    expect(
      (await post('ProjCDSProjectContracts', contract({ dataAreaId: 'ussi', CustomerAccount: 'US-002' }))).status,
    ).to.equal(400);
  });

  describe('projects', () => {
    beforeEach(() => mustCreate(client, 'ProjCDSProjectContracts', contract()));

    it('take the default type and its default group', async () => {
      const { json } = await mustCreate(client, 'ProjCDSProjects', project());
      expect(json).to.include({ ProjectType: 'TimeMaterial', ProjectGroup: 'TM' });
    });

    it('keep the type and group that they bring', async () => {
      const { json } = await mustCreate(client, 'ProjCDSProjects', project({ ProjectType: 'FixedPrice' }));
      expect(json).to.include({ ProjectType: 'FixedPrice', ProjectGroup: 'FP' });
      const own = await mustCreate(client, 'ProjCDSProjects', project({ ProjectID: 'P-2', ProjectGroup: 'FP' }));
      expect(own.json).to.include({ ProjectType: 'TimeMaterial', ProjectGroup: 'FP' });
    });
  });

  describe('contract lines and milestones', () => {
    beforeEach(async () => {
      await mustCreate(client, 'ProjCDSProjectContracts', contract());
      await mustCreate(client, 'ProjCDSProjects', project());
    });

    const rule = `ProjBillingRules(dataAreaId='usmf',TransactionId=${LINE})`;

    it('become billing rules, and change with them', async () => {
      await mustCreate(client, 'ProjCDSContractLineImports', contractLine({ Description: 'Design' }));
      expect(await read(rule)).to.include({
        ContractId: 'C-1',
        ContractLine: 1,
        Type: 'TimeMaterial',
        Description: 'Design',
        ProjectId: 'P-1',
      });
      const line = `ProjCDSContractLineImports(dataAreaId='usmf',TransactionId=${LINE})`;
      await client.finops('PATCH', line, { body: { Description: 'Build' } });
      expect(await read(rule)).to.include({ Description: 'Build' });
      await client.finops('DELETE', line);
      expect((await client.finops('GET', rule)).status).to.equal(404);
    });

    it('switch the type and group of their project where the billing method differs', async () => {
      await mustCreate(client, 'ProjCDSContractLineImports', contractLine({ Type: 'FixedPrice' }));
      expect(await projectOf('P-1')).to.include({ ProjectType: 'FixedPrice', ProjectGroup: 'FP' });
    });

    it('become billing rule milestones of the contract', async () => {
      await mustCreate(client, 'ProjCDSContractLineImports', contractLine({ Type: 'FixedPrice' }));
      await mustCreate(client, 'ProjCDSContractLineMilestoneImports', milestone());
      expect(await read(`ProjBillingRuleMilestones(dataAreaId='usmf',TransactionId=${MILESTONE})`)).to.include({
        ContractId: 'C-1',
        ContractLineRef: LINE,
        Amount: 1500.5,
        InvoiceDate: '2026-05-01T12:00:00Z',
      });
    });

    it('leave nothing behind in a change set that fails', async () => {
      const lines = [
        contractLine({ Type: 'FixedPrice' }),
        contractLine({ TransactionId: MILESTONE, ContractId: 'none' }),
      ];
      await client.finops(
        'POST',
        '$batch',
        batchBody([lines.map((line) => operation('POST', 'ProjCDSContractLineImports', line))]),
      );
      expect((await client.finops('GET', rule)).status).to.equal(404);
      expect(await projectOf('P-1')).to.include({ ProjectType: 'TimeMaterial', ProjectGroup: 'TM' });
    });

    it('are not to be changed where they arrived', async () => {
      await mustCreate(client, 'ProjCDSContractLineImports', contractLine());
      const answer = await client.finops('PATCH', rule, { body: { Description: 'x' } });
      expect(infolog(answer)).to.contain('cannot be changed through this entity');
    });
  });

  it('refuses an actual whose billing type has no line property', async () => {
    await mustCreate(client, 'ProjCDSProjectContracts', contract());
    await mustCreate(client, 'ProjCDSProjects', project());
    const actual = {
      ActualId: LINE,
      AccountingDate: '2026-05-01',
      DocumentDate: '2026-05-01',
      TransactionClassification: 192350000,
      TransactionCurrencyId: 'USD',
      ProjectId: 'P-1',
    };
    const refused = await post('ProjCDSActualsImports', { ...actual, BillingType: 'NotAvailable' });
    expect(infolog(refused)).to.contain("Line property Not available doesn't exist.");
    expect((await post('ProjCDSActualsImports', { ...actual, BillingType: 'Chargeable' })).status).to.equal(201);
  });
});

const milestone = (): Json => ({
  TransactionId: MILESTONE,
  ContractLineRef: LINE,
  InvoiceDate: '2026-05-01T00:00:00Z',
  CurrencyId: 'USD',
  Amount: 1500.5,
});
