import { expect } from 'chai';
import { tokenFor, type Json } from '../../client.test.support.js';
import { NAMESPACE } from '../dialect.js';
import { startWithCompanies } from '../world.test.support.js';
import { COLUMNS, contractsOf, CONTRACTS, packageOf, row, upload } from './package.test.support.js';

describe('protocols C1: a client that hung up while it waited for the import', () => {
  it('C1: the import goes on, and its job is found by the project', async () => {
    const client = await startWithCompanies();
    try {
      const packageUrl = await upload(client, packageOf(COLUMNS, [row('C-1')]));
      await client.control('POST', 'faults', [{ system: 'finops', kind: 'latency', delay: 300, times: 1 }]);
      const { url } = client.sandbox.finops;
      const token = await tokenFor(client.sandbox, url);
      const impatient = fetch(`${url}/data/DataManagementDefinitionGroups/${NAMESPACE}.ImportFromPackage`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          packageUrl,
          definitionGroupId: 'Abandoned',
          executionId: '',
          execute: true,
          overwrite: true,
          legalEntityId: 'USMF',
        }),
        signal: AbortSignal.timeout(100),
      });
      expect(await impatient.catch(({ name }: Error) => name)).to.equal('TimeoutError');
      const query = "DataManagementExecutionJobDetails?$filter=DefinitionGroupId eq 'Abandoned'";
      let jobs: Json[] = [];
      while (jobs[0]?.TargetStatus !== 'Finished') jobs = (await client.finops('GET', query)).json.value;
      expect(jobs).to.have.length(1);
      expect(jobs[0]).to.include({ EntityName: CONTRACTS, TargetRecordsCreatedCount: 1 });
      expect(await contractsOf(client)).to.have.length(1);
    } finally {
      await client.sandbox.stop();
    }
  });
});
