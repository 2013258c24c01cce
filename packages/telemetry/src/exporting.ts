import type { Configuration, EventBus } from '@isthmus/core';
import { setGlobalErrorHandler } from '@opentelemetry/core';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { telemetryErrors } from './errors.js';
import { record } from './logs.js';
import { measure } from './metrics.js';
import type { TelemetrySettings } from './settings.js';
import { Spans } from './spans.js';

/** What a collector may take for an answer, and what the end of a command waits for it at most. */
const PATIENCE_MS = 5000;
/** Beyond that, what the collector is too slow for is dropped rather than kept in memory. */
const QUEUE = 8192;
const NAME = '@isthmus/telemetry';

/**
 * Listens to the events of the process and sends them on.
 *
 * @returns sends what is left, and ends
 */
export function exportTo(
  { endpoint, headers, service }: TelemetrySettings,
  { secrets, logging }: Pick<Configuration, 'secrets' | 'logging'>,
  events: EventBus,
): () => Promise<void> {
  const redact = (text: string): string => secrets.redact(text);
  const to = (signal: string) => ({
    url: `${endpoint.replace(/\/$/, '')}/v1/${signal}`,
    headers,
    timeoutMillis: PATIENCE_MS,
  });
  const resource = resourceFromAttributes({ 'service.name': service });
  const queue = { maxQueueSize: QUEUE, exportTimeoutMillis: PATIENCE_MS };
  const traces = new TracerProvider({
    resource,
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter(to('traces')), ...queue })],
  });
  const reader = new PeriodicExportingMetricReader({ exporter: new OTLPMetricExporter(to('metrics')) });
  const metrics = new MeterProvider({ resource, readers: [reader] });
  const logs = new LoggerProvider({
    resource,
    processors: [new BatchLogRecordProcessor({ exporter: new OTLPLogExporter(to('logs')), ...queue })],
  });

  sayOnce(events, endpoint, redact);
  const spans = new Spans(traces.getTracer(NAME), redact);
  spans.follow(events);
  measure(events, metrics.getMeter(NAME));
  const context = () => spans.contextOf(events.activity);
  record(events, { logger: logs.getLogger(NAME), level: logging.level, context, redact });
  return async () => {
    await Promise.allSettled([traces.shutdown(), metrics.shutdown(), logs.shutdown()]);
  };
}

/** A collector that is down must not fill the log with its absence. */
function sayOnce(events: EventBus, endpoint: string, redact: (text: string) => string): void {
  let said = false;
  setGlobalErrorHandler((thrown) => {
    if (said) return;
    said = true;
    const reason = redact(thrown instanceof Error ? thrown.message : String(thrown));
    const { message, remedy } = telemetryErrors.TELEMETRY_NOT_DELIVERED({ endpoint, reason });
    events.emit('notice', { message, remedy });
  });
}
