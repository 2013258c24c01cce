import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fastify from 'fastify';
import type { TokenAuthority, TokenState } from '../auth/index.js';
import type { Controls, System } from '../faults/index.js';
import { controlRoutes } from '../faults/index.js';
import type { Admitted } from '../limits/index.js';
import type { ODataRequest, ODataResponse, OperationWatch } from '../odata/index.js';
import { pathBelow, Refusal } from '../odata/index.js';
import { exchange, flatHeaders, sitOut } from './exchange.js';
import { injectedRefusal, type Wording } from './injected.js';

/** What Dataverse takes in one message: 116.85 MB. */
const BODY_LIMIT = 116_850_000;

/** URLs may be 64 KB long inside of a batch and 32 KB outside of it. */
const HEADER_LIMIT = 128 * 1024;

/** A system as the HTTP side sees it. */
export interface ODataService {
  readonly root: RegExp;
  /** Addresses that carry their own permission, and need no token. */
  isOpen?(url: string): boolean;
  /** Addresses that no limit holds for. */
  isExempt?(url: string): boolean;
  /** What every answer has, a refusal at the door too. */
  headersFor?(request: ODataRequest): Readonly<Record<string, string>>;
  /** @param clientId the user, by the token */
  handle(request: ODataRequest, origin: string, watch: OperationWatch, clientId: string): ODataResponse;
}

const UNLIMITED: Admitted = { headers: {}, leave: () => undefined };

export interface ODataServerOptions extends Omit<Wording, 'errorResponse'> {
  /** The system's way to put an error. */
  readonly errorResponse: (refusal: Refusal, request: ODataRequest) => ODataResponse;
  readonly system: Exclude<System, 'token'>;
  readonly service: ODataService;
  readonly authority: TokenAuthority;
  /** URL that tokens must be for; known once the server listens. */
  readonly resource: () => string;
  readonly controls: Controls;
  readonly tooLarge: Refusal;
  /** To one operation. */
  readonly refused: Refusal;
  readonly unauthorized: (state: TokenState) => Refusal;
  /** Of a further operation of a batch: why there is no room for it any more. */
  readonly partRefused?: (clientId: string) => Refusal | undefined;
  /** @param clientId the user, by the token */
  readonly admit: (clientId: string, cookies: string | undefined) => Admitted | Refusal;
}

/** Puts an OData service on HTTP: tokens, faults, limits, the log. */
export function odataServer(options: ODataServerOptions): FastifyInstance {
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    http: { maxHeaderSize: HEADER_LIMIT },
    forceCloseConnections: true,
    // A fault that is misspelt is refused instead of being cut to fit.
    ajv: { customOptions: { removeAdditional: false } },
  });
  app.register(controlRoutes, { controls: options.controls });
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.setErrorHandler((failure: FastifyError, request, reply) => {
      if (failure.code !== 'FST_ERR_CTP_BODY_TOO_LARGE') throw failure;
      // The body is not read: the announced length is enough.
      return serve(request, reply, options, () => options.tooLarge);
    });
    scope.all('/*', (request, reply) => serve(request, reply, options, letIn));
  });
  return app;
}

/** Whether a request comes to the service, and why not. */
type Door = (request: FastifyRequest, options: ODataServerOptions) => Admitted | Refusal;

const letIn: Door = ({ url, headers }, { authority, service, resource, unauthorized, admit }) => {
  const { authorization, cookie } = headers;
  const state = service.isOpen?.(url) ? 'valid' : authority.check(authorization, resource());
  if (state !== 'valid') return unauthorized(state);
  return service.isExempt?.(url) ? UNLIMITED : admit(authority.clientOf(authorization), cookie);
};

async function serve(
  request: FastifyRequest,
  reply: FastifyReply,
  options: ODataServerOptions,
  door: Door,
): Promise<FastifyReply> {
  const { system, controls, service, authority } = options;
  const asked = toODataRequest(request);
  const { method, url, headers, body, bytes } = asked;
  const set = /^[^/(?]*/.exec(pathBelow(service.root, url) ?? url.slice(1))?.[0] ?? '';
  const clientId = authority.clientOf(headers.authorization);
  const operations = new Operations(options, clientId);
  const signed = (response: ODataResponse): ODataResponse => ({
    ...response,
    headers: { ...response.headers, ...service.headersFor?.(asked) },
  });
  const errorResponse = (refusal: Refusal): ODataResponse => signed(options.errorResponse(refusal, asked));
  return exchange(request, reply, {
    controls,
    wording: { ...options, errorResponse },
    asked: { system, method, set, url, body },
    kept: { headers, body: body === '' ? bytes : body },
    answer: async (fault) => {
      const admission = door(request, options);
      if (admission instanceof Refusal) {
        await sitOut(fault);
        return errorResponse(admission);
      }
      try {
        // The time is the service's own: the limits count it.
        await sitOut(fault);
        const response = service.handle(asked, `http://${headers.host ?? ''}`, operations, clientId);
        if (operations.delayMs > 0) await delay(operations.delayMs);
        return signed({ ...response, headers: { ...response.headers, ...admission.headers } });
      } finally {
        admission.leave(operations.rows);
      }
    },
    operations: () => Math.max(1, operations.count),
  });
}

/** What is done to the operations of one request: some are refused, some take their time. */
class Operations implements OperationWatch {
  count = 0;
  /** With each row that a message names as an operation of its own. */
  rows = 0;
  delayMs = 0;

  constructor(
    private readonly options: ODataServerOptions,
    private readonly clientId: string,
  ) {}

  begins({ method, url, body }: ODataRequest, set: string): Refusal | undefined {
    this.count++;
    this.rows++;
    const { system, controls, refused, throttled, partRefused } = this.options;
    // The first one was let in with the request.
    const busy = this.count > 1 ? partRefused?.(this.clientId) : undefined;
    if (busy) return busy;
    const fault = controls.faults.take('operation', { system, method, set, url, body });
    if (fault?.kind === 'slow') this.delayMs += fault.delay ?? 0;
    return fault?.kind === 'refuse' ? injectedRefusal(fault, refused, throttled) : undefined;
  }

  hasTargets(count: number): void {
    this.rows += Math.max(0, count - 1);
  }
}

function toODataRequest(request: FastifyRequest): ODataRequest & { readonly bytes: Uint8Array } {
  const { method, url, body } = request;
  const bytes = body instanceof Buffer ? body : Buffer.alloc(0);
  const isText = bytes.length > 0 && !isZip(bytes);
  return { method, url, headers: flatHeaders(request), body: isText ? bytes.toString() : '', bytes };
}

/** A package has no text that anybody could read. */
const isZip = (bytes: Buffer): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;
