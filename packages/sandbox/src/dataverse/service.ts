import { randomUUID } from 'node:crypto';
import type { ContentIds, ODataRequest, ODataResponse, OperationWatch } from '../odata/index.js';
import { answerBatch, pathBelow, readPreferences, readTarget, ResultCache } from '../odata/index.js';
import type { Store } from '../store/index.js';
import { followContentId, ROOT } from './binds.js';
import type { DeltaTokenPolicy, Environment } from './call.js';
import { startCall } from './call.js';
import { callerOf } from './caller.js';
import { definitionScope, definitionStore } from './definitions/index.js';
import { dialectFor } from './dialect.js';
import { guarded } from './error-response.js';
import { demandJson } from './media-types.js';
import { noRoute, tooManyOperations, urlTooLong } from './refusals.js';
import { route } from './router.js';
import type { DataverseSwitches } from './switches.js';
import { withDefaults } from './switches.js';

const MAX_OPERATIONS = 1000;
/** Characters of a GET's URL, and of any inside a batch. Of other verbs nothing is said: they have as much. */
const MAX_URL_OF_GET = 32_768;
const MAX_URL = 65_536;
const DEFINITIONS = 'EntityDefinitions';
const CLIENT_REQUEST_IDS = ['x-ms-client-request-id', 'x-ms-correlation-request-id'];
const NO_CONTENT_IDS: ContentIds = new Map();

export interface DataverseOptions {
  readonly maxPageSize: number;
  readonly deltaTokens: DeltaTokenPolicy;
  readonly switches?: DataverseSwitches | undefined;
}

/** The Dataverse Web API over a store. */
export class DataverseService {
  readonly root = ROOT;
  private readonly environment: Environment;
  private described: Environment | undefined;

  constructor(
    private readonly store: Store,
    { maxPageSize, deltaTokens, switches: chosen }: DataverseOptions,
  ) {
    const switches = withDefaults(chosen);
    const scope = { store, dialect: dialectFor(switches), enums: new Map() };
    this.environment = { store, scope, results: new ResultCache(), maxPageSize, deltaTokens, switches };
  }

  /** Answers one request; throws nothing that a client can cause. @param origin `http://host:port` */
  handle(request: ODataRequest, origin: string, watch: OperationWatch): ODataResponse {
    const root = `${origin}${(ROOT.exec(request.url)?.[0] ?? '/api/data/v9.2/').replace(/\/?$/, '/')}`;
    const isBatch = request.method === 'POST' && pathBelow(ROOT, request.url)?.split('?')[0] === '$batch';
    return isBatch
      ? guarded(request, this.environment.switches, () => this.batch(request, root, watch))
      : this.single(request, root, watch, NO_CONTENT_IDS, request.method === 'GET' ? MAX_URL_OF_GET : MAX_URL);
  }

  /** Ids by which the request can be asked about. */
  headersFor({ headers }: ODataRequest): Record<string, string> {
    const { requestIdHeader, clientRequestIds } = this.environment.switches;
    const ids: Record<string, string> = { [requestIdHeader]: randomUUID() };
    if (clientRequestIds === 'ignored') return ids;
    for (const name of CLIENT_REQUEST_IDS) if (headers[name]) ids[name] = headers[name];
    return ids;
  }

  /** The tables about the tables; their answers come in one page. */
  private definitions(): Environment {
    if (!this.described) {
      const store = definitionStore(this.store.tables.map(({ schema }) => schema));
      const scope = definitionScope(store, this.environment.scope.dialect);
      this.described = { ...this.environment, store, scope, results: new ResultCache(), maxPageSize: Infinity };
    }
    return this.described;
  }

  private batch(request: ODataRequest, root: string, watch: OperationWatch): ODataResponse {
    const { failedChangeSet, batchLines } = this.environment.switches;
    const goesOn = readPreferences(request.headers.prefer).has('odata.continue-on-error');
    const response = answerBatch(request, {
      limit: MAX_OPERATIONS,
      tooMany: tooManyOperations,
      strictLines: batchLines === 'crlf',
      handle: (part, contentIds) => this.single(part, root, watch, contentIds, MAX_URL),
      atomically: (work) => this.store.atomically(work),
      failedChangeSet: (failure) => failure,
      failureInsideSet: failedChangeSet === 'wrapped',
      stopAtFailure: !goesOn,
    });
    if (!goesOn) return response;
    return { ...response, headers: { ...response.headers, 'preference-applied': 'odata.continue-on-error' } };
  }

  private single(
    request: ODataRequest,
    root: string,
    watch: OperationWatch,
    contentIds: ContentIds,
    maxUrl: number,
  ): ODataResponse {
    return guarded(request, this.environment.switches, () => {
      if (request.url.length > maxUrl) throw urlTooLong(maxUrl);
      const path = pathBelow(ROOT, followContentId(request.url, { contentIds }));
      if (path === undefined) throw noRoute(request.url);
      const target = readTarget(path);
      const refusal = watch.begins(request, target.set);
      if (refusal) throw refusal;
      if (this.environment.switches.otherMediaTypes === 'refused') demandJson(request, target);
      const environment = target.set === DEFINITIONS ? this.definitions() : this.environment;
      const caller = callerOf(request, this.store, environment.switches);
      const call = startCall(environment, request, target, root, contentIds, caller, watch);
      return request.method === 'GET' ? route(call) : this.store.atomically(() => route(call));
    });
  }
}
