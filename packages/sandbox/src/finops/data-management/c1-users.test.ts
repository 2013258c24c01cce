import { expect } from 'chai';
import { sender, tokenFor, type SandboxClient } from '../../client.test.support.js';
import { infolog, mustCreate, startWithCompanies } from '../world.test.support.js';
import {
  act,
  COLUMNS,
  errorsOf,
  EXPORT_ORDER,
  exportProject,
  handIn,
  importOf,
  jobsOf,
  messageStateOf,
  packageOf,
  row,
  statusOf,
  unicode,
  upload,
} from './package.test.support.js';

const WITHOUT_USSI = { clientId: 'narrow', clientSecret: 'narrow-secret' };
const WITHOUT_CURRENCIES = { clientId: 'withheld', clientSecret: 'withheld-secret' };

describe('protocols B1, C1, C3: the user of data management', () => {
  let client: SandboxClient;
  let narrow: SandboxClient;
  let withheld: SandboxClient;
  const queue = ({ finops, sandbox }: SandboxClient, activity: string) =>
    finops('GET', `${sandbox.finops.url}/api/connector/dequeue/${activity}`);
  const terms = packageOf(['NAME'], [['Net90']], { entityName: 'Terms of payment' });

  beforeEach(async () => {
    client = await startWithCompanies({
      otherClients: [WITHOUT_USSI, WITHOUT_CURRENCIES],
      finops: {
        users: [
          { clientId: WITHOUT_USSI.clientId, companies: [] },
          { clientId: WITHOUT_CURRENCIES.clientId, withheldEntities: ['Currency'] },
        ],
        recurringCompanies: { South: 'USSI' },
      },
    });
    const as = async (who: typeof WITHOUT_USSI): Promise<SandboxClient> => {
      const sandbox = { ...client.sandbox, ...who };
      return {
        ...client,
        sandbox,
        finops: sender(`${sandbox.finops.url}/data/`, await tokenFor(sandbox, sandbox.finops.url)),
      };
    };
    [narrow, withheld] = [await as(WITHOUT_USSI), await as(WITHOUT_CURRENCIES)];
  });
  afterEach(() => client.sandbox.stop());

  it('B1: imports into no company that the user may not enter, and into those that it may', async () => {
    const refused = await importOf(narrow, terms, { legalEntityId: 'USSI' });
    expect(refused.status).to.equal(403);
    expect(infolog(refused)).to.contain("no access to the company 'ussi'");
    const { json } = await importOf(narrow, terms);
    expect(await statusOf(narrow, json.value)).to.equal('Succeeded');
  });

  it('B1: nor does a row get there that names the company itself, new or known', async () => {
    const rows = ['Net90', 'Net30'].map((name) => ['ussi', name]);
    const { json } = await importOf(
      narrow,
      packageOf(['DATAAREAID', 'NAME'], rows, { entityName: 'Terms of payment' }),
    );
    expect(await statusOf(narrow, json.value)).to.equal('Failed');
    for (const { ErrorMessage } of await errorsOf(narrow, json.value))
      expect(ErrorMessage).to.contain("no access to the company 'ussi'");
  });

  it('B1: exports from no such company', async () => {
    await exportProject(client, 'FullPush');
    const order = { ...EXPORT_ORDER, executionId: 'out' };
    expect((await act(narrow, 'ExportToPackage', { ...order, legalEntityId: 'USSI' })).status).to.equal(403);
    expect((await act(narrow, 'ExportToPackage', order)).status).to.equal(200);
  });

  it('B1: an entity that no role opens is refused, and the others of the package are imported', async () => {
    const bytes = packageOf(COLUMNS, [row('C-1')], { second: { level: 1, codes: ['GBP'] } });
    const { json } = await importOf(withheld, bytes);
    expect(await statusOf(withheld, json.value)).to.equal('PartiallySucceeded');
    const [error, ...others] = await errorsOf(withheld, json.value);
    expect(error.ErrorMessage).to.match(/^Access denied: the user has no permission for the entity/);
    expect(others).to.deep.equal([]);
    expect((await jobsOf(client, json.value)).map(({ TargetStatus }) => TargetStatus)).to.have.members([
      'Finished',
      'NotRun',
    ]);
    expect((await client.finops('GET', "Currencies('GBP')")).status).to.equal(404);
  });

  it('B1: nor is it exported, whichever way; a template makes no project of it', async () => {
    await exportProject(client, 'FullPush');
    await mustCreate(client, 'DataManagementDefinitionGroupDetails', {
      DefinitionGroupId: 'Out',
      EntityName: 'Currencies',
    });
    expect((await act(withheld, 'ExportToPackage', { ...EXPORT_ORDER, executionId: 'out' })).status).to.equal(403);
    expect((await queue(withheld, 'Out')).status).to.equal(403);
    expect((await queue(client, 'Out')).status).to.equal(200);
    const packageUrl = await upload(client, packageOf(['CURRENCYCODE'], [], { entityName: 'Currencies' }));
    const order = { packageUrl, executionId: 't', execute: false, overwrite: true, legalEntityId: 'USMF' };
    expect((await act(withheld, 'ExportFromPackage', { ...order, definitionGroupId: 'T' })).status).to.equal(403);
    expect((await client.finops('GET', "DataManagementDefinitionGroups('T')")).status).to.equal(404);
  });

  it('C3: hands in to no company that it may not enter, and fetches from none', async () => {
    const file = unicode('NAME\r\nNet60\r\n');
    const entity = '?entity=Terms%20of%20payment';
    expect((await handIn(narrow, file, `${entity}&company=USSI`)).status).to.equal(403);
    const { json: id } = await handIn(narrow, file, entity);
    expect(await messageStateOf(client, id)).to.equal('Processed');
    await mustCreate(client, 'DataManagementDefinitionGroups', { Name: 'South', OperationType: 'Export' });
    expect((await queue(narrow, 'South')).status).to.equal(403);
    expect((await queue(client, 'South')).status).to.equal(204);
  });
});
