import { expect } from 'chai';
import { validateSync } from 'class-validator';
import { FinopsOptions } from './options.js';

const faults = (given: Partial<FinopsOptions>): string[] =>
  validateSync(Object.assign(new FinopsOptions(), given)).map(({ property }) => property);

describe('The options of a connection to Finance & Operations', () => {
  it('are a URL and what it takes to sign in', () => {
    expect(
      faults({ url: 'https://contoso.operations.dynamics.com', credential: 'ManagedIdentityCredential' }),
    ).to.deep.equal([]);
    expect(faults({})).to.have.members(['tenant', 'clientId', 'clientSecret', 'url']);
  });

  it('keep within what the service takes', () => {
    const given = { url: 'https://contoso.operations.dynamics.com', credential: 'ManagedIdentityCredential' };
    expect(faults({ ...given, batchSize: 5001, concurrency: 0 })).to.have.members(['batchSize', 'concurrency']);
    expect(faults({ ...given, batchSize: 5000, concurrency: 52 })).to.deep.equal([]);
  });
});
