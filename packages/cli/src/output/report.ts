import { isIsthmusError, type IsthmusError } from '@isthmus/core';
import { cliErrors } from '../errors.js';
import type { Output } from './output.js';

/** Prints what stopped the command. A stack trace only where it was asked for. */
export function report(output: Output, thrown: unknown, debug: boolean): void {
  const error = asIsthmusError(thrown);
  if (debug) output.note(stackOf(thrown));
  if (output.json) output.printJson({ error });
  else output.note(describe(error, output));
}

function describe(error: IsthmusError, { sideStyles: { red, bold } }: Output): string {
  const faults = faultsOf(error);
  const texts = faults.map((fault) => fault.toText().replace(fault.code, red(bold(fault.code))));
  return faults.length > 1 ? [error.message, ...texts].join('\n\n') : texts.join('\n');
}

/** An error may stand for several, all found at once. */
export function faultsOf(error: IsthmusError): readonly IsthmusError[] {
  const { faults } = error.details;
  return Array.isArray(faults) && faults.length > 0 && faults.every(isIsthmusError) ? faults : [error];
}

export function asIsthmusError(thrown: unknown): IsthmusError {
  if (isIsthmusError(thrown)) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return cliErrors.CLI_UNEXPECTED({ message }, { cause: thrown });
}

function stackOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const own = thrown.stack ?? thrown.message;
  return thrown.cause === undefined ? own : `${own}\ncaused by: ${stackOf(thrown.cause)}`;
}
