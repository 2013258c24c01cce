import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Configuration, EventBus, Events, IsthmusError } from '@isthmus/core';
import type { Logger, pino as Pino } from 'pino';
import { cliErrors } from './errors.js';

/** How much an event matters. Single records are in the store, whole; in the log they are detail. */
const LEVELS: { readonly [E in keyof Events]: 'debug' | 'info' | 'warn' } = {
  'run.started': 'info',
  'run.finished': 'info',
  'task.started': 'info',
  'task.progress': 'debug',
  'task.finished': 'info',
  'batch.started': 'debug',
  'batch.written': 'debug',
  'batch.failed': 'warn',
  'record.deferred': 'debug',
  'record.quarantined': 'warn',
  notice: 'warn',
  'request.sent': 'debug',
  'request.failed': 'warn',
  'request.retried': 'warn',
};

/**
 * Writes events to `logging.file`, one line of JSON each, without secrets; does nothing where no file is configured.
 *
 * @param onFailure told once where the file can no longer be written, which stops nothing else
 * @returns closes the file
 * @throws CLI_FILE_NOT_WRITTEN
 */
export async function openLog(
  { logging, secrets }: Configuration,
  events: EventBus,
  onFailure: (failure: IsthmusError) => void,
): Promise<() => void> {
  const { file, level } = logging;
  if (file === undefined) return () => undefined;
  const { pino } = await import('pino');
  const destination = openFile(file, pino);
  destination.once('error', (failure: Error) => onFailure(notWritten(file, failure)));
  destination.on('error', () => undefined);
  const redacted = { write: (line: string) => destination.write(secrets.redact(line)) };
  const logger = pino({ level, base: { pid: process.pid } }, redacted);
  for (const name of Object.keys(LEVELS) as (keyof Events)[]) follow(events, name, logger);
  return () => destination.end();
}

function follow(events: EventBus, name: keyof Events, logger: Logger): void {
  const level = LEVELS[name];
  if (!logger.isLevelEnabled(level)) return;
  events.on(name, (event: Events[keyof Events]) => logger[level]({ ...events.activity, ...event }, name));
}

function openFile(file: string, pino: typeof Pino) {
  try {
    mkdirSync(dirname(file), { recursive: true });
    return pino.destination({ dest: file, sync: true });
  } catch (thrown) {
    throw notWritten(file, thrown);
  }
}

function notWritten(file: string, thrown: unknown): IsthmusError {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return cliErrors.CLI_FILE_NOT_WRITTEN({ file, message }, { cause: thrown });
}
