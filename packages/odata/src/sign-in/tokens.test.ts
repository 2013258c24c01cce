import { EventBus, systemClock } from '@isthmus/core';
import { expect } from 'chai';
import { sendJson, startService } from '../fixture/service.test.util.js';
import { tokensFor } from './tokens.js';

const services = { clock: systemClock, events: new EventBus() };
const origin = 'https://contoso.example';

describe('Tokens for a connection', () => {
  it('are made out for its service alone, by the token endpoint that is given', async () => {
    const endpoint = await startService((_request, response) =>
      sendJson(response, { token_type: 'Bearer', expires_in: 3600, access_token: 'token-1' }),
    );
    const options = { tokenUrl: `${endpoint.origin}/token`, clientId: 'app', clientSecret: 's' };
    expect(await tokensFor(options, 'psa', origin, services).token()).to.equal('token-1');
    await endpoint.stop();
    const [request] = endpoint.requests;
    expect(Object.fromEntries(new URLSearchParams(request?.body))).to.include({
      client_id: 'app',
      scope: 'https://contoso.example/.default',
    });
  });

  it('come from the public cloud where only the tenant is given', () => {
    const options = { tenant: 'contoso.onmicrosoft.com', clientId: 'app', clientSecret: 's' };
    expect(tokensFor(options, 'psa', origin, services).identity).to.equal(
      'app https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/v2.0/token',
    );
  });

  it('come from the credential where one is named, even beside a client', () => {
    const options = { credential: 'ManagedIdentityCredential', clientId: 'app', clientSecret: 's' };
    expect(tokensFor(options, 'psa', origin, services).identity).to.contain('ManagedIdentityCredential');
  });
});
