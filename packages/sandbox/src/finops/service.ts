import type { EnumModel } from '../model/index.js';
import { collectionOf } from '../model/index.js';
import type { ContentIds, ODataRequest, ODataResponse, OperationWatch } from '../odata/index.js';
import { answerBatch, pathBelow, readTarget, Refusal, ResultCache, withEtag, writeMetadata } from '../odata/index.js';
import type { Store, StoredRow, Table } from '../store/index.js';
import type { Call, Environment } from './call.js';
import { json, requestUri, ROOT, startCall } from './call.js';
import { ACTION_SET, DataManagementService } from './data-management/index.js';
import { finopsDialect, NAMESPACE } from './dialect.js';
import { actionAnswer, invoke, isAction, parametersOf } from './invoke.js';
import { findRow } from './keys.js';
import { readMember } from './members.js';
import { readMetadataApi } from './metadata-api.js';
import { readCollection, readCount, readRow } from './reads.js';
import { badRequest, errorResponse, NoRoute, rowNotFound, urlTooLong } from './refusals.js';
import { RowWriters } from './row-writer.js';
import { requireAccess } from './security.js';
import { withFinopsDefaults, type FinopsSwitches } from './switches.js';
import { USUAL_USER, usersOf, type User } from './users.js';
import { create, remove, update } from './writes.js';

const MAX_OPERATIONS = 5000;
/** Characters of a URL on the wire; not documented, and what web servers take as a rule. */
const MAX_URL = 32_768;
const NO_CONTENT_IDS: ContentIds = new Map();

export interface FinopsOptions {
  readonly maxPageSize: number;
  readonly switches?: FinopsSwitches | undefined;
  /** The clock; that of the machine unless told. */
  readonly now?: () => number;
}

/** One request over HTTP: who asks, where, and who watches its operations. */
interface Session {
  readonly origin: string;
  readonly root: string;
  readonly user: User;
  readonly watch: OperationWatch;
}

/** The OData service of Finance & Operations over a store. */
export class FinopsService {
  readonly root = ROOT;
  private readonly environment: Environment;
  private readonly users: ReadonlyMap<string, User>;
  private readonly dataManagement: DataManagementService;

  constructor(
    private readonly store: Store,
    private readonly enums: readonly EnumModel[],
    options: FinopsOptions,
  ) {
    const switches = withFinopsDefaults(options.switches);
    const members = new Map(enums.map(({ name, members: symbols }) => [name, symbols]));
    this.environment = {
      store,
      scope: { store, dialect: finopsDialect(switches), enums: members },
      enums: members,
      results: new ResultCache(),
      writers: new RowWriters(),
      maxPageSize: options.maxPageSize,
      switches,
    };
    const models = store.tables.map(({ schema }) => schema.model);
    this.users = usersOf(options.switches?.users ?? [], models);
    this.dataManagement = new DataManagementService(this.environment, options.switches ?? {}, options.now ?? Date.now);
  }

  isOpen(url: string): boolean {
    return DataManagementService.isSigned(url);
  }

  isExempt(url: string): boolean {
    return DataManagementService.isDataManagement(url);
  }

  close(): void {
    this.dataManagement.close();
  }

  /** Answers one request; throws nothing that a client can cause. @param origin `http://host:port` */
  handle(request: ODataRequest, origin: string, watch: OperationWatch, clientId = ''): ODataResponse {
    const user = this.users.get(clientId) ?? USUAL_USER;
    const session: Session = { origin, root: `${origin}/data/`, user, watch };
    if (request.url.length > MAX_URL) return errorResponse(urlTooLong(MAX_URL));
    const isBatch = request.method === 'POST' && pathBelow(ROOT, request.url)?.split('?')[0] === '$batch';
    return isBatch ? guarded(() => this.batch(request, session)) : this.single(request, session, NO_CONTENT_IDS);
  }

  private batch(request: ODataRequest, session: Session): ODataResponse {
    return answerBatch(request, {
      limit: MAX_OPERATIONS,
      tooMany: (limit) => badRequest(`The batch request exceeds the maximum of ${limit} operations.`),
      handle: (part, contentIds) => this.single(part, session, contentIds),
      atomically: (work) => this.store.atomically(work),
      // Seen as 500 where the same request alone is 400; who is throttled is told so.
      failedChangeSet: (failure) =>
        failure.status < 500 && failure.status !== 429 ? { ...failure, status: 500 } : failure,
      strictLines: false,
      failureInsideSet: true,
      stopAtFailure: false,
    });
  }

  private single(request: ODataRequest, { watch, ...caller }: Session, contentIds: ContentIds): ODataResponse {
    return guarded(() => {
      const elsewhere =
        this.dataManagement.handle(request, caller) ?? readMetadataApi(request, caller.origin, this.store);
      if (elsewhere) return elsewhere;
      const path = pathBelow(ROOT, referred(request.url, contentIds));
      if (path === undefined) throw new NoRoute(requestUri({ request, ...caller }));
      const target = readTarget(path);
      const refusal = watch.begins(request, target.set);
      if (refusal) throw refusal;
      const call = startCall(this.environment, { request, target, ...caller });
      return request.method === 'GET' ? this.route(call) : this.store.atomically(() => this.route(call));
    });
  }

  private route(call: Call): ODataResponse {
    const { target, request } = call;
    if (!target.key && request.method === 'GET') {
      if (target.set === '') return this.serviceDocument(call);
      if (target.set === '$metadata') return this.metadata(request);
    }
    const table = this.store.published(target.set);
    const [first, ...more] = target.rest;
    if (!table || more.length > 0) throw new NoRoute(requestUri(call));
    requireAccess(call, table.schema);
    if (isAction(first) && request.method === 'POST') {
      return target.set === ACTION_SET && !target.key
        ? this.act(call, table, first.slice(NAMESPACE.length + 1))
        : invoke(call, table, first, target.key && findRow(call, table, target.key));
    }
    if (target.key) return this.routeRow(call, table, findRow(call, table, target.key), first);
    if (request.method === 'GET' && first === '$count') return readCount(call, table);
    if (first !== undefined) throw new NoRoute(requestUri(call));
    if (request.method === 'GET') return readCollection(call, table);
    if (request.method === 'POST') return create(call, table);
    throw notAllowed(request);
  }

  private act(call: Call, { schema: { model } }: Table, action: string): ODataResponse {
    const value = this.dataManagement.perform(action, parametersOf(call), call);
    if (value === undefined) throw new NoRoute(requestUri(call));
    return actionAnswer(call, value, model.actions?.find(({ name }) => name === action)?.returns);
  }

  private routeRow(call: Call, table: Table, row: StoredRow | undefined, property: string | undefined): ODataResponse {
    const { method, url } = call.request;
    if (property !== undefined) return readMember(call, table, row, property);
    switch (method) {
      case 'GET':
        if (!row) throw rowNotFound(url, this.environment.switches.missingOnReadStatus);
        return readRow(call, table, row);
      case 'PATCH':
      case 'PUT':
        return update(call, table, row);
      case 'DELETE':
        return remove(call, table, row);
      default:
        throw notAllowed(call.request);
    }
  }

  private serviceDocument(call: Call): ODataResponse {
    const value = this.store.publicTables.map(({ schema: { model } }) => ({
      name: collectionOf(model),
      kind: 'EntitySet',
      url: collectionOf(model),
    }));
    return json(call, 200, JSON.stringify({ '@odata.context': `${call.root}$metadata`, value }));
  }

  private metadata(request: ODataRequest): ODataResponse {
    const lengths = this.environment.switches.metadataLengths === 'given';
    const schemas = this.store.publicTables.map(({ schema }) => schema);
    const body = writeMetadata(schemas, { namespace: NAMESPACE, container: 'Resources', enums: this.enums, lengths });
    const headers = { 'content-type': 'application/xml', 'odata-version': '4.0' };
    return withEtag(request, { status: 200, headers, body });
  }
}

/** `$1` → the URL of what part 1 of the change set made. */
function referred(url: string, contentIds: ContentIds): string {
  const [, id = '', rest = ''] = /^\/?\$(\d[^/]*)(.*)$/.exec(url) ?? [];
  if (!id) return url;
  const location = contentIds.get(id);
  if (location === undefined) throw badRequest(`Content-ID Reference: '$${id}' does not exist in the batch context.`);
  return location + rest;
}

const notAllowed = ({ method }: ODataRequest) =>
  new Refusal(405, '', `The requested resource does not support http method '${method}'.`);

function guarded(answer: () => ODataResponse): ODataResponse {
  try {
    return answer();
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return errorResponse(refusal);
  }
}
