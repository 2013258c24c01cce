import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
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
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
    scope.setErrorHandler((failure: FastifyError, request, reply) => {
      if ((failure.statusCode ?? 500) >= 500) throw failure;
      return answered(request, reply, controls, unreadable);
    });
    for (const version of [1, 2] as const) {
      const path = version === 2 ? '/:tenant/oauth2/v2.0/token' : '/:tenant/oauth2/token';
      scope.post<{ Params: { tenant: string } }>(path, async (request, reply) =>
        answered(request, reply, controls, () => {
          const { tenant } = request.params;
          const { authorization } = request.headers;
          return credentials.answer({ tenant, version, form: formOf(request), authorization });
        }),
      );
    }
  });
  return app;
}

const answered = (
  request: FastifyRequest,
  reply: FastifyReply,
  controls: Controls,
  answer: () => TokenResponse,
): Promise<FastifyReply> =>
  exchange(request, reply, {
    controls,
    wording,
    asked: { system: 'token', method: request.method, url: request.url, set: '', body: '' },
    kept: { headers: flatHeaders(request) },
    answer: async (fault) => {
      await sitOut(fault);
      return inJson(answer());
    },
    operations: () => 1,
  });

/** Nothing is read of a body of another type: its parameters are missing. */
const formOf = ({ headers, body }: FastifyRequest): URLSearchParams => {
  const isForm = /^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(headers['content-type'] ?? '');
  return new URLSearchParams(isForm && typeof body === 'string' ? body : '');
};

const unreadable = (): TokenResponse =>
  tokenFailure(400, 'invalid_request', 90023, 'The request is not properly formatted or is too long.');

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
