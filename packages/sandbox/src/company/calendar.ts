/** Fixed days, counted from the day that the sample company opened; no clock is ever asked. */

const opening = Date.UTC(2025, 0, 1);
const millisecondsPerDay = 86_400_000;
const known: string[] = [];

type Hour = '00' | '08' | '09' | '17';
/** By hour and day; a million rows share the few that there are. */
const moments: Record<Hour, string[]> = { '00': [], '08': [], '09': [], '17': [] };

/** Calendar day as `yyyy-MM-dd`. */
export function day(number: number): string {
  return (known[number] ??= new Date(opening + number * millisecondsPerDay).toISOString().slice(0, 10));
}

/** A point in time as Dataverse writes it; `hour` is UTC. */
export function at(number: number, hour: Hour = '00'): string {
  return (moments[hour][number] ??= `${day(number)}T${hour}:00:00Z`);
}

/** What Dataverse notes about every row. */
export const audit = (created: number, modified = created): { createdon: string; modifiedon: string } => ({
  createdon: at(created, '08'),
  modifiedon: at(modified, '17'),
});
