import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { EVENT_LEVELS, type Configuration, type EventBus, type Events, type IsthmusError } from '@isthmus/core';
import type { Logger, pino as Pino } from 'pino';
import { cliErrors } from './errors.js';

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
  for (const name of Object.keys(EVENT_LEVELS) as (keyof Events)[]) follow(events, name, logger);
  return () => destination.end();
}

function follow(events: EventBus, name: keyof Events, logger: Logger): void {
  const level = EVENT_LEVELS[name];
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
