import type { ODataRequest, ODataResponse } from '../../odata/index.js';
import { decodePath, pathBelow, readJson } from '../../odata/index.js';
import { badRequest, NoRoute } from '../refusals.js';
import { USUAL_USER } from '../users.js';
import type { Caller } from './caller.js';
import type { DataManagement } from './framework.js';
import { Inbox } from './inbox.js';
import { Outbox } from './outbox.js';

export const CONNECTOR_ROOT = /^\/api\/connector(?:\/|$)/;

/** Recurring integrations: files are handed in and fetched through a queue. */
export class RecurringIntegrations {
  private readonly inbox: Inbox;
  private readonly outbox: Outbox;
  /** In which an activity is at home. */
  private readonly companies: ReadonlyMap<string, string>;

  constructor(
    private readonly framework: DataManagement,
    now: () => number,
  ) {
    this.inbox = new Inbox(framework);
    this.outbox = new Outbox(framework, now);
    this.companies = new Map(Object.entries(framework.options.recurringCompanies ?? {}));
  }

  /** @throws Refusal */
  handle(request: ODataRequest, caller: Caller): ODataResponse {
    const [path = '', query] = (pathBelow(CONNECTOR_ROOT, request.url) ?? '').split('?');
    const [verb = '', activity = ''] = path.split('/').map(decodePath);
    const parameters = new URLSearchParams(query);
    switch (activity && `${request.method} ${verb}`) {
      case 'POST enqueue':
        return this.enqueue(activity, request, parameters, caller);
      case 'GET dequeue':
        return this.dequeue(activity, caller);
      case 'POST ack':
        return this.acknowledge(activity, request);
      case 'GET jobstatus':
        return this.jobStatus(parameters.get('jobId') ?? parameters.get('jobid') ?? '');
      default:
        throw new NoRoute(caller.origin + request.url);
    }
  }

  /** `GetMessageStatus`. Some states no documentation has, and a client of the publisher's knows. */
  stateOf(id: string): string | undefined {
    return this.inbox.stateOf(id) ?? this.outbox.stateOf(id);
  }

  private enqueue(
    activity: string,
    { bytes = new Uint8Array() }: ODataRequest,
    parameters: URLSearchParams,
    { user }: Caller,
  ): ODataResponse {
    const company = parameters.get('company') ?? this.companyOf(activity);
    return text(this.inbox.take(bytes, { activity, entity: parameters.get('entity'), company, user }));
  }

  private companyOf(activity: string): string {
    return this.companies.get(activity) ?? USUAL_USER.company;
  }

  private dequeue(activity: string, { origin, user }: Caller): ODataResponse {
    const message = this.outbox.offer(activity, { company: this.companyOf(activity), user });
    if (!message) return { status: 204, headers: {} };
    const { correlationId, popReceipt, file } = message;
    const location = this.framework.blobs.address(origin, file);
    return text({ CorrelationId: correlationId, PopReceipt: popReceipt, DownloadLocation: location });
  }

  private acknowledge(activity: string, { body }: ODataRequest): ODataResponse {
    const { CorrelationId: correlationId, PopReceipt: popReceipt } = readJson(body);
    if (!this.outbox.acknowledge(activity, { correlationId, popReceipt }))
      throw badRequest('There is no such message to acknowledge.');
    return { status: 200, headers: {} };
  }

  private jobStatus(id: string): ODataResponse {
    const state = this.stateOf(id);
    if (state === undefined) throw badRequest(`The message ${id} was not found.`);
    const { execution, reason = '' } = this.inbox.find(id) ?? {};
    const jobs = execution?.jobs ?? [];
    return text({
      DataJobStatus: { DataJobId: id, DataJobState: state },
      ExecutionLog: [reason, ...jobs.flatMap(({ faults }) => faults.map(({ message }) => message))]
        .filter((line) => line !== '')
        .join('\r\n'),
      ExecutionDetail: jobs.map(({ entityName, stagingStatus, targetStatus }) => ({
        EntityName: entityName,
        StagingStatus: stagingStatus,
        TargetStatus: targetStatus,
      })),
    });
  }
}

const text = (value: unknown): ODataResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(value),
});
