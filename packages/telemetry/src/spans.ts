import type { Activity, EventBus, Events } from '@isthmus/core';
import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import { attributesOf, type Redact } from './attributes.js';

/** The spans under way: a run, its tasks, their batches. Requests are known only when they are over. */
export class Spans {
  private readonly open = new Map<string, Span>();

  constructor(
    private readonly tracer: Tracer,
    private readonly redact: Redact,
  ) {}

  /** Of what an event belongs to: of its batch, else of its task, else of its run. */
  contextOf({ runId, integration, task, batch }: Activity): Context {
    const span =
      this.open.get(keyOf({ runId, integration, task, batch })) ??
      this.open.get(keyOf({ runId, integration, task })) ??
      this.open.get(keyOf({ runId }));
    return span ? trace.setSpan(ROOT_CONTEXT, span) : ROOT_CONTEXT;
  }

  follow(events: EventBus): void {
    events.on('run.started', (event) => this.begin('run', event, {}));
    events.on('task.started', (event) => this.begin(`task ${event.task}`, event, { runId: event.runId }));
    events.on('batch.started', (event) => this.begin('batch', event, { ...event, batch: undefined }));
    events.on('batch.written', (event) => this.end(event, event));
    events.on('batch.failed', (event) => this.end(event, event, event.reason));
    events.on('task.finished', (event) => this.end({ ...event, batch: undefined }, event));
    events.on('run.finished', (event) => this.endRun(event));
    events.on('request.sent', (event) => this.request(event, events.activity, { status: event.status }));
    events.on('request.failed', (event) => this.request(event, events.activity, { failure: event.reason }));
    events.on('request.retried', (event) => {
      trace.getSpan(this.contextOf(events.activity))?.addEvent('request.retried', attributesOf(event, this.redact));
    });
  }

  private begin(name: string, event: Activity, parent: Activity): void {
    const attributes = attributesOf(event, this.redact);
    this.open.set(keyOf(event), this.tracer.startSpan(name, { attributes }, this.contextOf(parent)));
  }

  private end(activity: Activity, event: object, failure?: string): void {
    const span = this.open.get(keyOf(activity));
    if (!span) return;
    this.open.delete(keyOf(activity));
    span.setAttributes(attributesOf(event, this.redact));
    if (failure !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: this.redact(failure) });
    span.end();
  }

  /** What has not come to its own end was cut off with the run. Children before parents. */
  private endRun({ runId, status, balanced, error }: Events['run.finished']): void {
    const parts = [...this.open.keys()].filter((key) => key.startsWith(`${runId}\n`) && key !== keyOf({ runId }));
    for (const key of parts.reverse()) {
      this.open.get(key)?.setStatus({ code: SpanStatusCode.ERROR, message: 'cut off with the run' }).end();
      this.open.delete(key);
    }
    this.end({ runId }, { status, balanced }, status === 'failed' ? messageOf(error) : undefined);
  }

  private request(
    { connection, method, url, durationMs }: Omit<Events['request.sent'], 'status'>,
    activity: Activity,
    { status, failure }: { readonly status?: number; readonly failure?: string },
  ): void {
    const now = Date.now();
    const span = this.tracer.startSpan(
      `${method} ${connection}`,
      {
        kind: SpanKind.CLIENT,
        startTime: now - durationMs,
        attributes: {
          'isthmus.connection': connection,
          'http.request.method': method,
          'url.full': this.redact(url),
          ...(status === undefined ? {} : { 'http.response.status_code': status }),
        },
      },
      this.contextOf(activity),
    );
    if (failure !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: this.redact(failure) });
    else if (status !== undefined && status >= 400) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end(now);
  }
}

/** @param error of a run, as the history keeps it */
const messageOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : 'failed';

const keyOf = ({ runId = '', integration = '', task = '', batch }: Activity): string =>
  [runId, integration, task, batch ?? ''].join('\n');
