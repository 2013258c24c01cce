/** Fixed days, counted from the day that the sample company opened; no clock is ever asked. */

const opening = Date.UTC(2025, 0, 1);
const millisecondsPerDay = 86_400_000;
const known: string[] = [];

/** Calendar day as `yyyy-MM-dd`. */
export function day(number: number): string {
  return (known[number] ??= new Date(opening + number * millisecondsPerDay).toISOString().slice(0, 10));
}

/** A point in time as Dataverse writes it; `hour` is UTC. */
export const at = (number: number, hour: '00' | '08' | '09' | '17' = '00'): string => `${day(number)}T${hour}:00:00Z`;

/** What Dataverse notes about every row. */
export const audit = (created: number, modified = created): { createdon: string; modifiedon: string } => ({
  createdon: at(created, '08'),
  modifiedon: at(modified, '17'),
});
