import { randomUUID } from 'node:crypto';
import type { ODataRequest, ODataResponse } from '../../odata/index.js';
import { pathBelow, readJson, Refusal } from '../../odata/index.js';
import { badRequest, NoRoute } from '../refusals.js';
import type { Execution } from './execution.js';
import type { DataManagement } from './framework.js';
import { packageOfFile } from './package/index.js';

export const CONNECTOR_ROOT = /^\/api\/connector(?:\/|$)/;

/** A message that is not acknowledged is offered again after half an hour. */
const OFFERED_AGAIN = 30 * 60 * 1000;
const DEFAULT_COMPANY = 'USMF';

interface Queued {
  readonly correlationId: string;
  readonly popReceipt: string;
  readonly url: string;
  hiddenUntil: number;
}

/** What has been handed in: a file or a package, and the execution that reads it. */
interface Message {
  readonly execution: Execution | undefined;
  readonly reason: string;
}

/**
 * Recurring integrations: files are handed in and fetched through a queue. An activity that exports is named as its data
 * project; asking it for a message while it has none makes it look for changes.
 */
export class RecurringIntegrations {
  private readonly messages = new Map<string, Message>();
  private readonly queues = new Map<string, Queued[]>();

  constructor(
    private readonly framework: DataManagement,
    private readonly now: () => number,
  ) {}

  /** @throws Refusal */
  handle(request: ODataRequest, origin: string): ODataResponse {
    const { pathname, searchParams } = new URL(pathBelow(CONNECTOR_ROOT, request.url) ?? '', 'http://localhost/');
    const [verb = '', activity = ''] = pathname.slice(1).split('/').map(decodeURIComponent);
    switch (activity && `${request.method} ${verb}`) {
      case 'POST enqueue':
        return text(this.enqueue(request.bytes ?? new Uint8Array(), searchParams));
      case 'GET dequeue':
        return this.dequeue(activity, origin);
      case 'POST ack':
        return this.acknowledge(activity, request.body);
      case 'GET jobstatus':
        return this.jobStatus(searchParams.get('jobId') ?? searchParams.get('jobid') ?? '');
      default:
        throw new NoRoute(origin + request.url);
    }
  }

  /** `GetMessageStatus`. */
  stateOf(id: string): string | undefined {
    const message = this.messages.get(id);
    if (!message) return undefined;
    const { execution } = message;
    if (!execution) return 'PreProcessingError';
    if (execution.running)
      return execution.jobs.some(({ targetStatus }) => targetStatus === 'Executing') ? 'Processing' : 'Preprocessing';
    return execution.status === 'Succeeded' ? 'Processed' : 'ProcessedWithErrors';
  }

  /** A file of one entity, or without an entity a package. What cannot be read is found out later, as it is there. */
  private enqueue(bytes: Uint8Array, query: URLSearchParams): string {
    const id = `{${randomUUID().toUpperCase()}}`;
    const request = {
      group: '',
      executionId: '',
      company: query.get('company') ?? DEFAULT_COMPANY,
      execute: true,
      synchronous: false,
    };
    const entity = query.get('entity');
    if (entity !== null) this.framework.tableOf(entity);
    const started = attempt(() =>
      entity === null
        ? this.framework.importPackage(bytes, request)
        : this.framework.importFrom(packageOfFile(bytes, entity, id), request),
    );
    this.messages.set(id, started);
    return id;
  }

  private dequeue(activity: string, origin: string): ODataResponse {
    const queue = this.queues.get(activity) ?? [];
    this.queues.set(activity, queue);
    if (queue.length === 0) {
      const url = this.framework.changedPackage(activity, DEFAULT_COMPANY, origin);
      if (url !== undefined) queue.push({ correlationId: randomUUID(), popReceipt: randomUUID(), url, hiddenUntil: 0 });
    }
    const next = queue.find(({ hiddenUntil }) => hiddenUntil <= this.now());
    if (!next) return { status: 204, headers: {} };
    next.hiddenUntil = this.now() + OFFERED_AGAIN;
    const { correlationId, popReceipt, url } = next;
    return text({ CorrelationId: correlationId, PopReceipt: popReceipt, DownloadLocation: url });
  }

  private acknowledge(activity: string, body: string): ODataResponse {
    const { CorrelationId, PopReceipt } = readJson(body);
    const queue = this.queues.get(activity) ?? [];
    const left = queue.filter(
      ({ correlationId, popReceipt }) => correlationId !== CorrelationId || popReceipt !== PopReceipt,
    );
    if (left.length === queue.length) throw badRequest('There is no such message to acknowledge.');
    this.queues.set(activity, left);
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

function attempt(work: () => Execution): Message {
  try {
    return { execution: work(), reason: '' };
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return { execution: undefined, reason: refusal.message };
  }
}

const text = (value: unknown): ODataResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(value),
});
