/**
 * Texts that take long to get again. Nothing depends on them: one that is lost or unreadable is asked for anew, and
 * `set` never fails for want of a place.
 */
export interface TextCache {
  get(key: string): Promise<CachedText | undefined>;
  set(key: string, entry: CachedText): Promise<void>;
}

export interface CachedText {
  readonly text: string;
  /** By which its origin knows this version of it. */
  readonly etag?: string;
  /** When its origin said that this is how it is. Milliseconds since 1970. */
  readonly at: number;
}
