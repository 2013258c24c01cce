import { randomUUID } from 'node:crypto';
import type { ContentIds, ODataRequest, ODataResponse, OperationWatch } from '../odata/index.js';
import {
  answerBatch,
  pathBelow,
  readPreferences,
  readTarget,
  Refusal,
  ResultCache,
  writeMetadata,
} from '../odata/index.js';
import type { Store } from '../store/index.js';
import { contentUrl, ROOT } from './binds.js';
import { bulk } from './bulk.js';
import type { Call, DeltaTokenPolicy, Environment } from './call.js';
import { json, startCall } from './call.js';
import { dataverseDialect, NAMESPACE } from './dialect.js';
import { mustExist, resolveKey } from './keys.js';
import { member } from './members.js';
import { readCollection, readCount, readRow } from './reads.js';
import { noResource, noRoute, tooManyOperations } from './refusals.js';
import { create, remove, upsert } from './writes.js';

const MAX_OPERATIONS = 1000;
const NO_CONTENT_IDS: ContentIds = new Map();

/** The user and organisation that every token stands for. */
const WHO_AM_I = {
  BusinessUnitId: '6f3fbe2e-0000-4000-8000-000000000001',
  UserId: '6f3fbe2e-0000-4000-8000-000000000002',
  OrganizationId: '6f3fbe2e-0000-4000-8000-000000000003',
};

export interface DataverseOptions {
  readonly maxPageSize: number;
  readonly deltaTokens: DeltaTokenPolicy;
}

/** The Dataverse Web API over a store. */
export class DataverseService {
  readonly root = ROOT;
  private readonly environment: Environment;

  constructor(
    private readonly store: Store,
    options: DataverseOptions,
  ) {
    const scope = { store, dialect: dataverseDialect, enums: new Map() };
    this.environment = { store, scope, results: new ResultCache(), ...options };
  }

  /** Answers one request; throws nothing that a client can cause. @param origin `http://host:port` */
  handle(request: ODataRequest, origin: string, watch: OperationWatch): ODataResponse {
    const root = `${origin}${(ROOT.exec(request.url)?.[0] ?? '/api/data/v9.2/').replace(/\/?$/, '/')}`;
    const isBatch = request.method === 'POST' && pathBelow(ROOT, request.url)?.split('?')[0] === '$batch';
    return isBatch
      ? guarded(() => this.batch(request, root, watch))
      : this.single(request, root, NO_CONTENT_IDS, watch);
  }

  private batch(request: ODataRequest, root: string, watch: OperationWatch): ODataResponse {
    return answerBatch(request, {
      limit: MAX_OPERATIONS,
      tooMany: tooManyOperations,
      handle: (part, contentIds) => this.single(part, root, contentIds, watch),
      atomically: (work) => this.store.atomically(work),
      failedChangeSet: (failure) => failure,
      failureInsideSet: false,
      stopAtFailure: !readPreferences(request.headers.prefer).has('odata.continue-on-error'),
    });
  }

  private single(request: ODataRequest, root: string, contentIds: ContentIds, watch: OperationWatch): ODataResponse {
    return guarded(() => {
      const url = /^\/?\$\d/.test(request.url) ? contentUrl(request.url, { contentIds }) : request.url;
      const path = pathBelow(ROOT, url);
      if (path === undefined) throw noRoute(request.url);
      const target = readTarget(path);
      const refusal = watch(request, target.set);
      if (refusal) throw refusal;
      const call = startCall(this.environment, request, target, root, contentIds);
      return request.method === 'GET' ? this.route(call) : this.store.atomically(() => this.route(call));
    });
  }

  private route(call: Call): ODataResponse {
    const { target, request } = call;
    if (!target.key && request.method === 'GET') {
      if (target.set === '') return this.serviceDocument(call);
      if (target.set === '$metadata') return this.metadata(call);
    }
    if (target.set === 'WhoAmI' && request.method === 'GET') {
      const context = `${call.root}$metadata#${NAMESPACE}.WhoAmIResponse`;
      return json(call, 200, JSON.stringify({ '@odata.context': context, ...WHO_AM_I }));
    }
    const table = this.store.table(target.set);
    if (!table) throw noResource(target.set);
    const [first] = target.rest;
    if (target.key) {
      const address = resolveKey(table, target.key);
      if (first !== undefined) return member(call, table, mustExist(table, address));
      if (request.method === 'PATCH') return upsert(call, table, address);
      if (request.method === 'GET') return readRow(call, table, mustExist(table, address));
      if (request.method === 'DELETE') return remove(call, table, mustExist(table, address));
      throw notAllowed(request);
    }
    if (request.method === 'GET') {
      if (first === '$count') return readCount(call, table);
      if (first === undefined) return readCollection(call, table);
      throw noResource(first);
    }
    if (request.method !== 'POST') throw notAllowed(request);
    return first === undefined ? create(call, table) : bulk(call, table, first);
  }

  private serviceDocument(call: Call): ODataResponse {
    const value = this.store.tables.map(({ schema: { model } }) => ({
      name: model.set,
      kind: 'EntitySet',
      url: model.set,
    }));
    return json(call, 200, JSON.stringify({ '@odata.context': `${call.root}$metadata`, value }));
  }

  private metadata(call: Call): ODataResponse {
    const body = writeMetadata(
      this.store.tables.map(({ schema }) => schema),
      {
        namespace: NAMESPACE,
        alias: 'mscrm',
        container: 'System',
        annotations: call.target.parameters.get('annotations') === 'true',
      },
    );
    return { status: 200, headers: { 'content-type': 'application/xml', 'odata-version': '4.0' }, body };
  }
}

const notAllowed = ({ method }: ODataRequest) =>
  new Refusal(405, '0x80060888', `The requested resource does not support the HTTP method '${method}'.`);

function guarded(answer: () => ODataResponse): ODataResponse {
  try {
    return answer();
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return errorResponse(refusal);
  }
}

/** `{"error":{"code","message"}}`, as every refusal looks, with an id to ask the service about. */
export function errorResponse({ status, code, message, headers }: Refusal): ODataResponse {
  return {
    status,
    headers: {
      'content-type': 'application/json; odata.metadata=minimal',
      'odata-version': '4.0',
      req_id: randomUUID(),
      ...headers,
    },
    body: JSON.stringify({ error: { code, message } }),
  };
}
