import { randomUUID } from 'node:crypto';
import type { ODataRequest, ODataResponse } from '../../odata/index.js';
import { decodePath, pathBelow, readJson, Refusal } from '../../odata/index.js';
import { badRequest, NoRoute } from '../refusals.js';
import { requireCompanyOf } from '../security.js';
import { USUAL_USER, type User } from '../users.js';
import type { Asker } from './asker.js';
import type { Execution } from './execution.js';
import type { DataManagement } from './framework.js';
import { packageOfFile } from './package/index.js';
import { attempted } from './premises.js';

export const CONNECTOR_ROOT = /^\/api\/connector(?:\/|$)/;

/** A message that is not acknowledged is offered again after half an hour. */
const OFFERED_AGAIN = 30 * 60 * 1000;

/** A package that waits to be fetched. Names of its states are those of `GetMessageStatus`. */
interface Queued {
  readonly correlationId: string;
  readonly popReceipt: string;
  readonly file: string;
  hiddenUntil: number;
  state: 'Enqueued' | 'Dequeued' | 'Acked';
}

/** What has been handed in: a file or a package, and the execution that reads it once its turn has come. */
interface Message {
  execution?: Execution;
  /** Why there will be none. */
  reason?: string;
}

/**
 * Recurring integrations: files are handed in and fetched through a queue. An activity that exports is named as its data
 * project; asking it for a message while it has none makes it look for changes.
 */
export class RecurringIntegrations {
  private readonly messages = new Map<string, Message>();
  private readonly queues = new Map<string, Queued[]>();
  /** Of the messages that are processed in order: the end of the last one, by activity. */
  private readonly latest = new Map<string, Promise<void>>();

  private readonly companies: ReadonlyMap<string, string>;

  constructor(
    private readonly framework: DataManagement,
    private readonly now: () => number,
  ) {
    this.companies = new Map(Object.entries(framework.options.recurringCompanies ?? {}));
  }

  /** @throws Refusal */
  handle(request: ODataRequest, asker: Asker): ODataResponse {
    const [path = '', query] = (pathBelow(CONNECTOR_ROOT, request.url) ?? '').split('?');
    const [verb = '', activity = ''] = path.split('/').map(decodePath);
    const searchParams = new URLSearchParams(query);
    switch (activity && `${request.method} ${verb}`) {
      case 'POST enqueue':
        return text(
          this.enqueue(activity, request.bytes ?? new Uint8Array(), { query: searchParams, user: asker.user }),
        );
      case 'GET dequeue':
        return this.dequeue(activity, asker);
      case 'POST ack':
        return this.acknowledge(activity, request.body);
      case 'GET jobstatus':
        return this.jobStatus(searchParams.get('jobId') ?? searchParams.get('jobid') ?? '');
      default:
        throw new NoRoute(asker.origin + request.url);
    }
  }

  /** `GetMessageStatus`. */
  stateOf(id: string): string | undefined {
    const message = this.messages.get(id);
    if (!message) return this.queuedState(id);
    const { execution, reason } = message;
    if (!execution) return reason === undefined ? 'Enqueued' : 'PreProcessingError';
    if (execution.running) return execution.onTarget ? 'Processing' : 'Preprocessing';
    if (execution.postProcessingFailed) return this.saysAll ? 'PostProcessingError' : 'PostProcessingFailed';
    return execution.status === 'Succeeded' ? 'Processed' : 'ProcessedWithErrors';
  }

  /** States that no documentation has, and a client of the publisher's knows. */
  private get saysAll(): boolean {
    return this.framework.options.messageStates === 'observed';
  }

  private queuedState(id: string): string | undefined {
    const queued = [...this.queues.values()].flat().find(({ correlationId }) => correlationId === id);
    if (queued?.state !== 'Dequeued' || !this.saysAll) return queued?.state;
    return this.framework.blobs.wasRead(queued.file) ? 'Downloaded' : queued.state;
  }

  /** A file of one entity, or without an entity a package. What cannot be read is found out later, as it is there. */
  private enqueue(
    activity: string,
    bytes: Uint8Array,
    { query, user }: { query: URLSearchParams; user: User },
  ): string {
    const id = `{${randomUUID().toUpperCase()}}`;
    const company = query.get('company') ?? this.companyOf(activity);
    requireCompanyOf(user, company.toLowerCase());
    const request = { group: '', executionId: '', company, execute: true, synchronous: false, user };
    const entity = query.get('entity');
    if (entity !== null) this.framework.entities.find(entity);
    const message: Message = {};
    this.messages.set(id, message);
    if (entity === null) {
      attempt(message, () => this.framework.imports.fromPackage(bytes, request));
      return id;
    }
    const read = () => attempted(() => packageOfFile(bytes, entity, id));
    const start = () => attempt(message, () => this.framework.imports.from(read(), request));
    if (this.framework.options.messagesInOrder) this.inTurn(activity, message, start);
    else start();
    return id;
  }

  /** *Process messages in order*: a file waits until those before it are through. Packages do not. */
  private inTurn(activity: string, message: Message, start: () => void): void {
    const before = this.latest.get(activity) ?? Promise.resolve();
    this.latest.set(
      activity,
      before.then(() => {
        start();
        return message.execution?.finished;
      }),
    );
  }

  /** In which an activity is at home. */
  private companyOf(activity: string): string {
    return this.companies.get(activity) ?? USUAL_USER.company;
  }

  private dequeue(activity: string, { origin, user }: Asker): ODataResponse {
    const company = this.companyOf(activity);
    const { blobs, exports, projects } = this.framework;
    const isKnown = projects.has(activity);
    if (isKnown) exports.requireAllowed(projects.entitiesOf(activity), { company, user });
    const queue = this.queues.get(activity) ?? [];
    this.queues.set(activity, queue);
    const waiting = queue.filter(({ state, file }) => state !== 'Acked' && blobs.has(file));
    if (waiting.length === 0) {
      const file = isKnown ? exports.changed(activity, company) : undefined;
      if (file === undefined) return NOTHING;
      const ids = { correlationId: randomUUID(), popReceipt: randomUUID() };
      const made: Queued = { ...ids, file, hiddenUntil: 0, state: 'Enqueued' };
      queue.push(made);
      waiting.push(made);
    }
    const next = waiting.find(({ hiddenUntil }) => hiddenUntil <= this.now());
    if (!next) return NOTHING;
    next.hiddenUntil = this.now() + OFFERED_AGAIN;
    next.state = 'Dequeued';
    const { correlationId, popReceipt, file } = next;
    const location = blobs.address(origin, file);
    return text({ CorrelationId: correlationId, PopReceipt: popReceipt, DownloadLocation: location });
  }

  private acknowledge(activity: string, body: string): ODataResponse {
    const { CorrelationId, PopReceipt } = readJson(body);
    const found = (this.queues.get(activity) ?? []).find(
      ({ correlationId, popReceipt, state }) =>
        state === 'Dequeued' && correlationId === CorrelationId && popReceipt === PopReceipt,
    );
    if (!found) throw badRequest('There is no such message to acknowledge.');
    found.state = 'Acked';
    return { status: 200, headers: {} };
  }

  private jobStatus(id: string): ODataResponse {
    const state = this.stateOf(id);
    if (state === undefined) throw badRequest(`The message ${id} was not found.`);
    const { execution, reason = '' } = this.messages.get(id) ?? {};
    return text({
      DataJobStatus: { DataJobId: id, DataJobState: state },
      ExecutionLog: [reason, ...(execution?.jobs ?? []).flatMap(({ faults }) => faults.map(({ message }) => message))]
        .filter((line) => line !== '')
        .join('\r\n'),
      ExecutionDetail: (execution?.jobs ?? []).map(({ entityName, stagingStatus, targetStatus }) => ({
        EntityName: entityName,
        StagingStatus: stagingStatus,
        TargetStatus: targetStatus,
      })),
    });
  }
}

function attempt(message: Message, work: () => Execution): void {
  try {
    message.execution = work();
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    message.reason = refusal.message;
  }
}

const NOTHING: ODataResponse = { status: 204, headers: {} };

const text = (value: unknown): ODataResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(value),
});
