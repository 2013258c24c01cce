/** The `Prefer` header: lower-case name → value, or '' where it has none. */
export type Preferences = ReadonlyMap<string, string>;

const PREFERENCE = /([\w.-]+)\s*(?:=\s*(?:"([^"]*)"|([^,;\s]*)))?/g;

const PAGE_SIZE = 'odata.maxpagesize';

const NONE: Preferences = new Map();

export function readPreferences(header: string | undefined): Preferences {
  if (!header) return NONE;
  const preferences = new Map<string, string>();
  for (const [, name = '', inQuotes, bare] of header.matchAll(PREFERENCE)) {
    const value = inQuotes ?? bare ?? '';
    // A size that is none is no preference.
    if (name.toLowerCase() === PAGE_SIZE && !/^[1-9]\d*$/.test(value)) continue;
    preferences.set(name.toLowerCase(), value);
  }
  return preferences;
}

/** The page size asked for, never above `limit`. */
export function pageSize(preferences: Preferences, limit: number): number {
  const wanted = preferences.get(PAGE_SIZE);
  return wanted === undefined ? limit : Math.min(Number(wanted), limit);
}
