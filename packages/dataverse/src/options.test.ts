import { expect } from 'chai';
import { validateSync } from 'class-validator';
import { DataverseOptions } from './options.js';

const faults = (given: Partial<DataverseOptions>): string[] =>
  validateSync(Object.assign(new DataverseOptions(), given)).map(({ property }) => property);

describe('The options of a connection to Dataverse', () => {
  it('are a URL and what it takes to sign in', () => {
    expect(faults({ url: 'https://contoso.crm.dynamics.com', credential: 'ManagedIdentityCredential' })).to.deep.equal(
      [],
    );
    expect(faults({})).to.have.members(['tenant', 'clientId', 'clientSecret', 'url']);
  });

  it('keep within what the service takes', () => {
    const given = { url: 'https://contoso.crm.dynamics.com', credential: 'ManagedIdentityCredential' };
    expect(faults({ ...given, batchSize: 1001, concurrency: 0 })).to.have.members(['batchSize', 'concurrency']);
    expect(faults({ ...given, batchSize: 1000, concurrency: 52 })).to.deep.equal([]);
  });
});
