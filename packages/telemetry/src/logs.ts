import { EVENT_LEVELS, type EventBus, type Events, type LogLevel } from '@isthmus/core';
import type { Context } from '@opentelemetry/api';
import { SeverityNumber, type Logger } from '@opentelemetry/api-logs';
import { attributesOf, type Redact } from './attributes.js';

const SEVERITY = { debug: SeverityNumber.DEBUG, info: SeverityNumber.INFO, warn: SeverityNumber.WARN } as const;

const LOWEST: Readonly<Record<LogLevel, number>> = {
  silent: Infinity,
  error: SeverityNumber.ERROR,
  warn: SeverityNumber.WARN,
  info: SeverityNumber.INFO,
  debug: SeverityNumber.DEBUG,
  trace: SeverityNumber.TRACE,
};

export interface LogParts {
  readonly logger: Logger;
  /** As for the log file. */
  readonly level: LogLevel;
  /** The span that the event belongs to. */
  readonly context: () => Context;
  readonly redact: Redact;
}

/** Each event that matters at the level, with its particulars, tied to its span. */
export function record(events: EventBus, { logger, level, context, redact }: LogParts): void {
  for (const name of Object.keys(EVENT_LEVELS) as (keyof Events)[]) {
    const severity = EVENT_LEVELS[name];
    if (SEVERITY[severity] < LOWEST[level]) continue;
    events.on(name, (event: Events[keyof Events]) =>
      logger.emit({
        severityNumber: SEVERITY[severity],
        severityText: severity.toUpperCase(),
        body: name,
        attributes: attributesOf({ ...events.activity, ...event }, redact),
        context: context(),
      }),
    );
  }
}
