import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fastify from 'fastify';
import type { TokenAuthority, TokenState } from '../auth/index.js';
import type { Controls, Fault, System } from '../faults/index.js';
import { controlRoutes } from '../faults/index.js';
import type { ODataRequest, ODataResponse } from '../odata/index.js';
import { pathBelow, Refusal } from '../odata/index.js';

const BODY_LIMIT = 100 * 1024 * 1024;

/** URLs may be 64 KB long inside of a batch and 32 KB outside of it. */
const HEADER_LIMIT = 128 * 1024;

/** A system as the HTTP side sees it. */
export interface ODataService {
  readonly root: RegExp;
  handle(request: ODataRequest, origin: string): ODataResponse;
}

/** A request that was let in: headers to answer with, and what to call when it is done. */
export interface Admission {
  readonly headers: Readonly<Record<string, string>>;
  readonly leave: () => void;
}

export interface ODataServerOptions {
  readonly system: Exclude<System, 'token'>;
  readonly service: ODataService;
  readonly authority: TokenAuthority;
  /** URL that tokens must be for; known once the server listens. */
  readonly resource: () => string;
  readonly controls: Controls;
  /** The system's way to put an error. */
  readonly errorResponse: (refusal: Refusal) => ODataResponse;
  readonly unauthorized: (state: TokenState) => Refusal;
  readonly throttled: Refusal;
  readonly admit: () => Admission | Refusal;
}

/** Puts an OData service on HTTP: tokens, faults, limits, the log. */
export function odataServer(options: ODataServerOptions): FastifyInstance {
  const app = fastify({ bodyLimit: BODY_LIMIT, http: { maxHeaderSize: HEADER_LIMIT }, forceCloseConnections: true });
  app.register(controlRoutes, { controls: options.controls });
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
    scope.all('/*', (request, reply) => serve(request, reply, options));
  });
  return app;
}

async function serve(request: FastifyRequest, reply: FastifyReply, options: ODataServerOptions): Promise<FastifyReply> {
  const started = performance.now();
  const { system, controls, service } = options;
  const set = /^[^/(?]*/.exec(pathBelow(service.root, request.url) ?? '')?.[0] ?? '';
  const fault = controls.faults.take(system, request.method, set);
  const response =
    fault?.kind === 'drop-before' ? undefined : (injected(fault, options) ?? (await answer(request, fault, options)));
  const dropped = response === undefined || fault?.kind === 'drop-after';
  controls.log.add({
    system,
    method: request.method,
    url: request.url,
    status: dropped ? 0 : response.status,
    ms: Math.round((performance.now() - started) * 10) / 10,
    ts: new Date().toISOString(),
  });
  if (dropped) {
    reply.hijack();
    request.raw.socket.destroy();
    return reply;
  }
  const { body } = response;
  const sent = fault?.kind === 'torn' ? body?.slice(0, body.length / 2) : body;
  // As bytes: of a text, the framework would rewrite the content type's parameters.
  return reply
    .code(response.status)
    .headers(response.headers)
    .send(sent === undefined ? undefined : Buffer.from(sent));
}

/** The answer that a fault puts in the place of the real one. */
function injected(
  fault: Fault | undefined,
  { errorResponse, throttled }: ODataServerOptions,
): ODataResponse | undefined {
  if (fault?.kind !== 'status' && fault?.kind !== 'html') return undefined;
  const { status = 503, kind, retryAfter } = fault;
  const headers: Record<string, string> = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  if (kind === 'html') {
    const body = `<html><head><title>${status}</title></head><body><h1>${status} - Gateway error</h1></body></html>`;
    return { status, headers: { 'content-type': 'text/html', ...headers }, body };
  }
  const { code, message } =
    status === throttled.status ? throttled : { code: '', message: `The service answered ${status}.` };
  return errorResponse(new Refusal(status, code, message, headers));
}

async function answer(
  request: FastifyRequest,
  fault: Fault | undefined,
  options: ODataServerOptions,
): Promise<ODataResponse> {
  const { authority, service, resource, unauthorized, errorResponse, admit } = options;
  const state = authority.check(request.headers.authorization, resource());
  if (state !== 'valid') return errorResponse(unauthorized(state));
  const admission = admit();
  if (admission instanceof Refusal) return errorResponse(admission);
  try {
    if (fault?.kind === 'latency') await delay(fault.delay ?? 0);
    const response = service.handle(toODataRequest(request), `http://${request.headers.host ?? ''}`);
    return { ...response, headers: { ...response.headers, ...admission.headers } };
  } finally {
    admission.leave();
  }
}

function toODataRequest({ method, url, headers, body }: FastifyRequest): ODataRequest {
  const flat: Record<string, string | undefined> = {};
  for (const name in headers) {
    const value = headers[name];
    flat[name] = Array.isArray(value) ? value.join(',') : value;
  }
  return { method, url, headers: flat, body: typeof body === 'string' ? body : '' };
}
