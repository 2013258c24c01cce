import { expect } from 'chai';
import { startWithClient, type Json, type SandboxClient } from '../../client.test.support.js';
import { mustCreate, startWithCompanies } from '../world.test.support.js';
import { handIn, messageStateOf, unicode } from './package.test.support.js';
import { readDataFile, readPackage } from './package/index.js';

const dequeue = ({ finops, sandbox }: SandboxClient, activity: string) =>
  finops('GET', `${sandbox.finops.url}/api/connector/dequeue/${activity}`);

describe('protocols C3: the company of a recurring integration', () => {
  let client: SandboxClient;

  before(async () => {
    client = await startWithCompanies({ finops: { recurringCompanies: { activity: 'USSI', South: 'USSI' } } });
  });
  after(() => client.sandbox.stop());

  it('C3: is that of its activity for a file whose address names none', async () => {
    const { json: id } = await handIn(client, unicode('NAME\r\nNet60\r\n'), '?entity=Terms%20of%20payment');
    expect(await messageStateOf(client, id)).to.equal('Processed');
    const query = "$filter=Name eq 'Net60'&cross-company=true";
    const rows: Json[] = (await client.finops('GET', `PaymentTerms?${query}`)).json.value;
    expect(rows.map(({ dataAreaId }) => dataAreaId)).to.deep.equal(['ussi']);
  });

  it('C3: and for what is fetched; usmf for any other activity', async () => {
    const namesIn = async (activity: string): Promise<(string | undefined)[]> => {
      await mustCreate(client, 'DataManagementDefinitionGroups', { Name: activity, OperationType: 'Export' });
      const detail = { DefinitionGroupId: activity, EntityName: 'Customers V3' };
      await mustCreate(client, 'DataManagementDefinitionGroupDetails', detail);
      const { DownloadLocation } = (await dequeue(client, activity)).json;
      const { manifest, file } = readPackage(new Uint8Array(await (await fetch(DownloadLocation)).arrayBuffer()));
      const [entity] = manifest.entities;
      return entity ? readDataFile(file(entity.file) ?? new Uint8Array(), entity).rows.map(([id]) => id) : [];
    };
    expect(await namesIn('South')).to.deep.equal(['US-001']);
    expect(await namesIn('constructor')).to.deep.equal(['US-001', 'US-002']);
  });

  it('C3: is not asked for where nothing is queued and no project is there: 204', async () => {
    const empty = await startWithClient();
    try {
      expect((await dequeue(empty, 'Nothing')).status).to.equal(204);
    } finally {
      await empty.sandbox.stop();
    }
  });
});
