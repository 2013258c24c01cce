import { closest, distance } from 'fastest-levenshtein';

/** The name that was probably meant; undefined where none is near. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  const names = [...known];
  if (names.length === 0) return undefined;
  const lower = new Map(names.map((candidate) => [candidate.toLowerCase(), candidate]));
  const best = closest(name.toLowerCase(), [...lower.keys()]);
  const limit = Math.max(2, Math.ceil(name.length / 3));
  return distance(name.toLowerCase(), best) <= limit ? lower.get(best) : undefined;
}
