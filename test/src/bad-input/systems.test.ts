import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { expectComplaint, expectNoStack, type Complaint } from '../support/complaint.js';
import { Controls } from '../support/controls.js';
import { finopsOf, finopsPath } from '../support/finops.js';
import type { RcFile } from '../support/rc-file.js';
import { totalsOf } from '../support/run-result.js';
import { Site } from '../support/site.js';

type Overrides = Record<string, Record<string, Record<string, unknown>>>;

const override =
  (overrides: Overrides) =>
  ({ integrations: { contracts } }: RcFile): void =>
    void Object.assign(contracts ?? {}, { overrides });

/** Wrong in the rc file, and found out only when the systems are asked. */
const CASES: readonly { readonly what: string; readonly spoil: (rc: RcFile) => void; readonly complaint: Complaint }[] =
  [
    {
      what: 'an unreachable host',
      spoil: ({ connections: { finops } }) => (finops['url'] = 'http://127.0.0.1:9'),
      complaint: { status: 1, code: 'ODATA_UNREACHABLE', says: /finops cannot reach 127\.0\.0\.1, port 9 / },
    },
    {
      what: 'a host that there is not',
      spoil: ({ connections: { psa } }) => (psa['url'] = 'http://nowhere.invalid'),
      complaint: { status: 1, code: 'ODATA_UNREACHABLE', says: /psa cannot reach nowhere\.invalid/ },
    },
    {
      what: 'a wrong secret',
      spoil: ({ connections: { psa } }) => (psa['clientSecret'] = 'not-the-secret'),
      complaint: { status: 1, code: 'ODATA_CREDENTIALS_REFUSED', says: /psa \(.*7000215.*Invalid client secret/ },
    },
    {
      what: 'a field that PSA does not have',
      spoil: override({ projects: { ProjectName: { from: 'msdyn_subjct' } } }),
      complaint: {
        status: 2,
        code: 'MAPPING_PATH_UNKNOWN',
        says: /'msdyn_subjct'; the nearest name is 'msdyn_subject'/,
      },
    },
    {
      what: 'a field that F&O does not have',
      spoil: override({ projects: { ProjectNam: { from: 'msdyn_subject' } } }),
      complaint: { status: 2, code: 'MAPPING_FIELD_UNKNOWN', says: /'ProjectNam'; the nearest name is 'ProjectName'/ },
    },
    {
      what: 'an entity that F&O does not have',
      spoil: ({ connections: { finops } }) => (finops['collections'] = { ProjCDSProjectEntity: 'ProjCDSProjectz' }),
      complaint: { status: 2, code: 'MAPPING_ENTITY_UNKNOWN', says: /ProjCDSProjectEntity[^]*collections/ },
    },
  ];

describe('Bad input: what the systems are and answer', () => {
  let sandbox: RunningSandbox;
  let controls: Controls;

  beforeEach(async () => {
    sandbox = await startSandbox({ scale: 0.1 });
    controls = new Controls(sandbox);
  });

  afterEach(() => sandbox.stop());

  async function expectEverythingFrom(site: Site): Promise<void> {
    const result = await site.run();
    expect(result).to.include({ status: 'warning', balanced: true });
    expect(totalsOf(result).created).to.equal(30);
  }

  for (const { what, spoil, complaint } of CASES) {
    it(`${what}: one clear error, and nothing is lost`, async () => {
      const site = new Site(sandbox);
      const good = site.isthmus('config', 'check');
      site.edit((rc) => spoil(rc));
      expectComplaint(await site.isthmus('run'), complaint);
      expect((await good).status).to.equal(0);
      await expectEverythingFrom(new Site(sandbox));
    });
  }

  it('several things wrong with the mapping are reported at once', async () => {
    const overrides = { projects: { ProjectNam: { constant: 'x' }, Description: { from: 'msdyn_descripton' } } };
    const ended = await new Site(sandbox, override(overrides)).isthmus('run');
    expect(ended.stderr)
      .to.match(/'ProjectNam'/)
      .and.to.match(/'msdyn_descripton'/);
    expectNoStack(ended.stderr);
    expect(ended.status).to.be.oneOf([1, 2]);
  });

  it('a torn JSON body: one clear error, and the next run delivers everything', async () => {
    const site = new Site(sandbox);
    await controls.disturb({ system: 'psa', kind: 'torn', set: 'msdyn_projects', times: 100 });
    const complaint = { status: 1, code: 'ODATA_BODY_TORN', says: /no complete JSON/ } as const;
    expectComplaint(await site.isthmus('run'), complaint);
    await controls.calm();
    const result = await site.run();
    expect(result).to.include({ status: 'warning', balanced: true });
    expect(totalsOf(result).created).to.equal(24);
  });

  it('a web page of a gateway in place of data: one clear error that quotes it', async () => {
    await controls.disturb({ system: 'finops', kind: 'html', status: 403, times: 100 });
    const complaint = { status: 1, code: 'ODATA_WEB_PAGE', says: /403 - Gateway error/ } as const;
    expectComplaint(await new Site(sandbox).isthmus('run'), complaint);
  });

  it('integration parameters that are not configured: one clear error before anything is written', async () => {
    const finops = finopsOf(sandbox);
    const [parameters] = await finops.rows("ProjCDSParameters?$filter=dataAreaId eq 'usmf'&cross-company=true");
    const keys = Object.entries(parameters ?? {}).filter(([name]) => /^(dataAreaId|Key)$/.test(name));
    const path = finopsPath(
      'ProjCDSParameters',
      Object.fromEntries(keys.map(([name, value]) => [name, String(value)])),
    );
    await finops.update(path, { IntegrationEnabled: 'No' });
    const site = new Site(sandbox);
    const complaint = { status: 1, code: 'PREREQUISITES_MISSING', says: /usmf: import .* not allowed/ } as const;
    expectComplaint(await site.isthmus('run'), complaint);
    await finops.update(path, { IntegrationEnabled: 'Yes' });
    await expectEverythingFrom(site);
  });
});
