import { parametersOf } from '@isthmus/core';
import { expect } from 'chai';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { DataverseOptions } from './options.js';

const faults = (given: object): string[] =>
  validateSync(plainToInstance(DataverseOptions, given)).map(({ property }) => property);

const url = 'https://contoso.crm.dynamics.com';
const client = { url, tenant: 'contoso.onmicrosoft.com', clientId: 'app' };

describe('A connection to Dataverse', () => {
  it('signs in with a secret, with a certificate, or with a credential', () => {
    expect(faults({ ...client, clientSecret: 's' })).to.deep.equal([]);
    expect(faults({ ...client, certificate: { privateKey: 'k', thumbprint: 't' } })).to.deep.equal([]);
    expect(faults({ url, credential: 'ManagedIdentityCredential' })).to.deep.equal([]);
  });

  it('says everything that is missing', () => {
    expect(faults({})).to.have.members(['tenant', 'clientId', 'clientSecret', 'url']);
    expect(faults({ ...client, certificate: { privateKey: 'k' } })).to.deep.equal(['certificate']);
  });

  it('needs no tenant where the token endpoint is given', () => {
    const { tenant: _, ...rest } = client;
    expect(faults({ ...rest, clientSecret: 's', tokenUrl: 'http://127.0.0.1:8090/token' })).to.deep.equal([]);
  });

  it('keeps within what the service takes', () => {
    expect(faults({ ...client, clientSecret: 's', batchSize: 1001, concurrency: 0 })).to.have.members([
      'batchSize',
      'concurrency',
    ]);
  });

  it('declares its secret as one', () => {
    const secrets = parametersOf(DataverseOptions).filter(({ secret }) => secret);
    expect(secrets.map(({ name }) => name)).to.deep.equal(['clientSecret']);
  });
});
