import { startSandbox, type RunningSandbox } from '@isthmus/sandbox';
import { expect } from 'chai';
import { expectComplaint, expectNoStack, type Complaint } from '../support/complaint.js';
import { Controls } from '../support/controls.js';
import { COLLECTIONS, finopsOf, finopsPath, tableOf } from '../support/finops.js';
import { SECRET_VARIABLE, type RcFile } from '../support/rc-file.js';
import { startRelay, type Relay } from '../support/relay.js';
import { totalsOf } from '../support/run-result.js';
import { Site } from '../support/site.js';

type Overrides = Record<string, Record<string, Record<string, unknown>>>;

const override =
  (overrides: Overrides) =>
  ({ integrations: { contracts } }: RcFile): void =>
    void Object.assign(contracts ?? {}, { overrides });

/** Wrong in the rc file, and found out only when the systems are asked. */
interface Case {
  readonly what: string;
  readonly spoil: (rc: RcFile, relay: Relay) => void;
  readonly complaint: Omit<Complaint, 'status'>;
}

const CASES: readonly Case[] = [
  {
    what: 'an unreachable host',
    spoil: ({ connections: { finops } }, { address: { tokenUrl } }) =>
      Object.assign(finops, { url: 'http://127.0.0.1:9', tokenUrl }),
    complaint: { code: 'ODATA_UNREACHABLE', says: /finops cannot reach 127\.0\.0\.1, port 9 [^]*127\.0\.0\.1:9/ },
  },
  {
    what: 'a host that there is not',
    spoil: ({ connections: { finops } }, { address: { tokenUrl } }) =>
      Object.assign(finops, { url: 'http://nowhere.invalid', tokenUrl }),
    complaint: { code: 'ODATA_UNREACHABLE', says: /finops cannot reach nowhere\.invalid/ },
  },
  {
    what: 'a token endpoint that is not there',
    spoil: ({ connections: { finops } }) => (finops['tokenUrl'] = 'http://127.0.0.1:9/token'),
    complaint: { code: 'ODATA_UNREACHABLE', says: /finops cannot reach 127\.0\.0\.1, port 9 / },
  },
  {
    what: 'a URL that the tenant does not know',
    spoil: ({ connections: { finops } }) => (finops['url'] = 'http://127.0.0.1:9'),
    complaint: { code: 'ODATA_CREDENTIALS_REFUSED', says: /127\.0\.0\.1:9 was not found[^]*remedy: .*\burl\b/ },
  },
  {
    what: 'a field that PSA does not have',
    spoil: override({ projects: { ProjectName: { from: 'msdyn_subjct' } } }),
    complaint: { code: 'MAPPING_PATH_UNKNOWN', says: /'msdyn_subjct'; the nearest name is 'msdyn_subject'/ },
  },
  {
    what: 'a field that F&O does not have',
    spoil: override({ projects: { ProjectNam: { from: 'msdyn_subject' } } }),
    complaint: { code: 'MAPPING_FIELD_UNKNOWN', says: /'ProjectNam'; the nearest name is 'ProjectName'/ },
  },
  {
    what: 'an entity that F&O does not have',
    spoil: ({ connections: { finops } }) => (finops['collections'] = { ProjCDSProjectEntity: 'ProjCDSProjectz' }),
    complaint: { code: 'MAPPING_ENTITY_UNKNOWN', says: /'ProjCDSProjectEntity'[^]*collections/ },
  },
];

/** What a first run delivers at the scale of these tests. */
const EVERYTHING = 30;

async function expectEverythingFrom(site: Site): Promise<void> {
  const result = await site.run();
  expect(result).to.include({ status: 'warning', balanced: true });
  expect(totalsOf(result).created).to.equal(EVERYTHING);
}

describe('Bad input: systems that are not what the rc file says', () => {
  let sandbox: RunningSandbox;
  let relay: Relay;

  before(async () => {
    sandbox = await startSandbox({ scale: 0.1 });
    relay = await startRelay(sandbox, 'finops');
  });

  after(async () => {
    await relay.close();
    await sandbox.stop();
  });

  for (const { what, spoil, complaint } of CASES) {
    it(`${what}: one clear error`, async () => {
      const site = new Site(sandbox, (rc) => spoil(rc, relay));
      expectComplaint(await site.isthmus('run'), { status: 1, ...complaint });
    });
  }

  it('several things wrong with the mapping are reported at once', async () => {
    const overrides = { projects: { ProjectNam: { constant: 'x' }, Description: { from: 'msdyn_descripton' } } };
    const ended = await new Site(sandbox, override(overrides)).isthmus('run');
    expect(ended.stderr)
      .to.match(/'ProjectNam'/)
      .and.to.match(/'msdyn_descripton'/);
    expectNoStack(ended.stderr);
    expect(ended.status).to.equal(1);
  });

  it('a wrong secret: one clear error, and nothing is lost by this nor by any of the others', async () => {
    const site = new Site(sandbox);
    const right = site.env[SECRET_VARIABLE] ?? '';
    site.env[SECRET_VARIABLE] = 'not-the-secret';
    const complaint = { code: 'ODATA_CREDENTIALS_REFUSED', says: /psa \(.*7000215.*Invalid client secret/ };
    expectComplaint(await site.isthmus('run'), { status: 1, ...complaint });
    site.env[SECRET_VARIABLE] = right;
    await expectEverythingFrom(site);
  });
});

describe('Bad input: what the systems answer', () => {
  let sandbox: RunningSandbox;
  let controls: Controls;

  beforeEach(async () => {
    sandbox = await startSandbox({ scale: 0.1 });
    controls = new Controls(sandbox);
  });

  afterEach(() => sandbox.stop());

  for (const [what, kind, code, says] of [
    ['a JSON body that is cut short', 'half', 'ODATA_RETRIES_SPENT', /msdyn_projects[^]*no complete JSON/],
    ['a body that the connection breaks off in', 'torn', 'ODATA_SYSTEM_DOWN', /msdyn_projects/],
  ] as const) {
    it(`${what}: one clear error, and the next run delivers everything`, async () => {
      const site = new Site(sandbox);
      await controls.disturb({ system: 'psa', kind, set: 'msdyn_projects', times: 100 });
      expectComplaint(await site.isthmus('run'), { status: 1, code, says });
      await controls.calm();
      const result = await site.run();
      expect(result).to.include({ status: 'warning', balanced: true });
      const arrived = await Promise.all(COLLECTIONS.map((collection) => tableOf(sandbox, collection)));
      expect(arrived.flat()).to.have.length(EVERYTHING);
    });
  }

  it('a web page of a gateway in place of data: one clear error that quotes it', async () => {
    await controls.disturb({ system: 'finops', kind: 'html', status: 200, times: 100 });
    const complaint = { status: 1, code: 'ODATA_WEB_PAGE', says: /200 - Gateway error/ } as const;
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
