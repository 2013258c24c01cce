import { parametersOf } from '@isthmus/core';
import { expect } from 'chai';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { SignInOptions } from './sign-in-options.js';

const faults = (given: object): string[] =>
  validateSync(plainToInstance(SignInOptions, given)).map(({ property }) => property);

const client = { tenant: 'contoso.onmicrosoft.com', clientId: 'app' };

describe('The options to sign in', () => {
  it('take a secret, a certificate, or a credential', () => {
    expect(faults({ ...client, clientSecret: 's' })).to.deep.equal([]);
    expect(faults({ ...client, certificate: { privateKey: 'k', thumbprint: 't' } })).to.deep.equal([]);
    expect(faults({ credential: 'ManagedIdentityCredential' })).to.deep.equal([]);
  });

  it('say everything that is missing', () => {
    expect(faults({})).to.have.members(['tenant', 'clientId', 'clientSecret']);
    expect(faults({ ...client, certificate: { privateKey: 'k' } })).to.deep.equal(['certificate']);
  });

  it('need no tenant where the token endpoint is given', () => {
    const { tenant: _, ...rest } = client;
    expect(faults({ ...rest, clientSecret: 's', tokenUrl: 'http://127.0.0.1:8090/token' })).to.deep.equal([]);
  });

  it('declare the secret as one', () => {
    const secrets = parametersOf(SignInOptions).filter(({ secret }) => secret);
    expect(secrets.map(({ name }) => name)).to.deep.equal(['clientSecret']);
  });
});
