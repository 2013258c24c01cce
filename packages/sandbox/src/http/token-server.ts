import type { FastifyInstance } from 'fastify';
import fastify from 'fastify';
import type { ClientCredentials } from '../auth/index.js';
import type { Controls } from '../faults/index.js';
import { controlRoutes } from '../faults/index.js';

/** The token endpoint in both of its versions. */
export function tokenServer(credentials: ClientCredentials, controls: Controls): FastifyInstance {
  const app = fastify({ forceCloseConnections: true });
  app.register(controlRoutes, { controls });
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  );
  for (const version of [1, 2] as const) {
    const path = version === 2 ? '/:tenant/oauth2/v2.0/token' : '/:tenant/oauth2/token';
    app.post<{ Params: { tenant: string }; Body: unknown }>(path, async (request, reply) => {
      const started = performance.now();
      const fault = controls.faults.take('token', request.method, '');
      const response = fault
        ? {
            status: fault.status ?? 503,
            body: {
              error: 'temporarily_unavailable',
              error_description: 'AADSTS90033: A transient error has occurred. Please try again.',
            },
          }
        : credentials.answer({
            tenant: request.params.tenant,
            version,
            form: new URLSearchParams(typeof request.body === 'string' ? request.body : ''),
            authorization: request.headers.authorization,
          });
      controls.log.add({
        system: 'token',
        method: request.method,
        url: request.url,
        status: response.status,
        ms: Math.round((performance.now() - started) * 10) / 10,
        ts: new Date().toISOString(),
      });
      return reply.code(response.status).header('cache-control', 'no-store').send(response.body);
    });
  }
  return app;
}
