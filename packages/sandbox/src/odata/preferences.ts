/** The `Prefer` header: lower-case name → value, or '' where it has none. */
export type Preferences = ReadonlyMap<string, string>;

const PREFERENCE = /([\w.-]+)\s*(?:=\s*(?:"([^"]*)"|([^,;\s]*)))?/g;

const NONE: Preferences = new Map();

export function readPreferences(header: string | undefined): Preferences {
  if (!header) return NONE;
  const preferences = new Map<string, string>();
  for (const [, name = '', inQuotes, bare] of header.matchAll(PREFERENCE)) {
    preferences.set(name.toLowerCase(), inQuotes ?? bare ?? '');
  }
  return preferences;
}

/** The page size asked for, never above `limit`. */
export function pageSize(preferences: Preferences, limit: number): number {
  const wanted = Number(preferences.get('odata.maxpagesize'));
  return Number.isInteger(wanted) && wanted > 0 ? Math.min(wanted, limit) : limit;
}
