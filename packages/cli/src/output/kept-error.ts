import { describePlace, type Place } from '@isthmus/core';

/** An error as the store keeps it: what `toJSON()` made of it. */
export interface KeptError {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly place: Place;
  readonly details: Readonly<Record<string, unknown>>;
}

/** @param kept one of the `errors` of a held record, or the `error` of a run */
export function readKeptError(kept: unknown): KeptError {
  const given: Partial<KeptError> = typeof kept === 'object' && kept !== null ? kept : { message: String(kept) };
  const { code = 'CLI_UNEXPECTED', message = '', remedy = '', place = {}, details = {} } = given;
  return { code, message, remedy, place, details };
}

/** As `IsthmusError.toText()`. */
export function keptErrorText({ code, message, remedy, place }: Omit<KeptError, 'details'>): string {
  const where = describePlace(place);
  return [`${code}: ${message}`, where && `  where: ${where}`, remedy && `  remedy: ${remedy}`]
    .filter(Boolean)
    .join('\n');
}
