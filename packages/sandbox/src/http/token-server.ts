import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import fastify from 'fastify';
import type { ClientCredentials, TokenResponse } from '../auth/index.js';
import type { Controls, Fault } from '../faults/index.js';
import { controlRoutes } from '../faults/index.js';

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
      const ts = new Date().toISOString();
      const started = performance.now();
      const { method, url } = request;
      const fault = controls.faults.take('request', { system: 'token', method, url, set: '', body: '' });
      if (fault?.kind === 'latency') await delay(fault.delay ?? 0);
      const response =
        fault?.kind === 'status' || fault?.kind === 'html'
          ? unavailable(fault)
          : credentials.answer({
              tenant: request.params.tenant,
              version,
              form: new URLSearchParams(typeof request.body === 'string' ? request.body : ''),
              authorization: request.headers.authorization,
            });
      const dropped = fault?.kind === 'drop-before' || fault?.kind === 'drop-after';
      controls.log.add({
        system: 'token',
        method,
        url,
        set: '',
        status: dropped ? 0 : response.status,
        ms: Math.round((performance.now() - started) * 10) / 10,
        ts,
        operations: 1,
        ...(fault && { fault: fault.kind }),
      });
      if (dropped) {
        reply.hijack();
        request.raw.socket.destroy();
        return reply;
      }
      const text = JSON.stringify(response.body);
      return reply
        .code(response.status)
        .headers({ 'cache-control': 'no-store', 'content-type': 'application/json; charset=utf-8' })
        .send(fault?.kind === 'torn' ? text.slice(0, text.length / 2) : text);
    });
  }
  return app;
}

const unavailable = ({ status = 503 }: Fault): TokenResponse => ({
  status,
  body: {
    error: 'temporarily_unavailable',
    error_description: 'AADSTS90033: A transient error has occurred. Please try again.',
  },
});
