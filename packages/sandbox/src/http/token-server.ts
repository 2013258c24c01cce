import type { FastifyInstance } from 'fastify';
import fastify from 'fastify';
import type { ClientCredentials, TokenResponse } from '../auth/index.js';
import { tokenFailure } from '../auth/index.js';
import type { Controls } from '../faults/index.js';
import { controlRoutes } from '../faults/index.js';
import type { ODataResponse } from '../odata/index.js';
import { exchange, flatHeaders, sitOut } from './exchange.js';
import type { Wording } from './injected.js';

/** The token endpoint in both of its versions. */
export function tokenServer(credentials: ClientCredentials, controls: Controls): FastifyInstance {
  const app = fastify({ forceCloseConnections: true, ajv: { customOptions: { removeAdditional: false } } });
  app.register(controlRoutes, { controls });
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  );
  for (const version of [1, 2] as const) {
    const path = version === 2 ? '/:tenant/oauth2/v2.0/token' : '/:tenant/oauth2/token';
    app.post<{ Params: { tenant: string }; Body: unknown }>(path, async (request, reply) => {
      const { method, url, params, body, headers } = request;
      return exchange(request, reply, {
        controls,
        wording,
        asked: { system: 'token', method, url, set: '', body: '' },
        kept: { headers: flatHeaders(request) },
        answer: async (fault) => {
          await sitOut(fault);
          const form = new URLSearchParams(typeof body === 'string' ? body : '');
          const { authorization } = headers;
          return inJson(credentials.answer({ tenant: params.tenant, version, form, authorization }));
        },
        operations: () => 1,
      });
    });
  }
  return app;
}

const inJson = ({ status, body }: TokenResponse, more: Readonly<Record<string, string>> = {}): ODataResponse => ({
  status,
  headers: { 'cache-control': 'no-store', 'content-type': 'application/json; charset=utf-8', ...more },
  body: JSON.stringify(body),
});

/** Whatever its status, a failure of the endpoint itself is said to pass. */
const wording: Wording = {
  errorResponse: ({ status, headers }) =>
    inJson(
      tokenFailure(status, 'temporarily_unavailable', 90033, 'A transient error has occurred. Please try again.'),
      headers,
    ),
  inPlace: {},
};
