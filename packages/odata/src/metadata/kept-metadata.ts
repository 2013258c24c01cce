import type { Clock, TextCache } from '@isthmus/core';
import type { Metadata } from './model.js';

/** What was kept is taken as it is for so long; after that the service is asked whether it still holds. */
const FRESH_MS = 60 * 60_000;

/** One version of a service's metadata. */
export interface MetadataVersion {
  readonly text: string;
  readonly etag?: string | undefined;
  readonly metadata: Metadata;
}

interface Source {
  /** @returns the very version that is known, where the service has no other */
  readonly fetch: (known: MetadataVersion | undefined) => Promise<MetadataVersion>;
  readonly parse: (text: string) => Metadata;
  readonly cache: TextCache | undefined;
  readonly key: string;
  readonly clock: Clock;
}

/** The metadata of a service: from this process, from what an earlier one has kept, or from the service. */
export class KeptMetadata {
  private current: Promise<Metadata> | undefined;
  /** The service itself has said so, to this process. */
  private confirmed = false;

  constructor(private readonly source: Source) {}

  get(): Promise<Metadata> {
    return (this.current ??= this.unlessFailed(this.load()));
  }

  /**
   * Asks the service, unless this process has done so already.
   *
   * @returns whether it was asked
   */
  async refresh(): Promise<boolean> {
    await this.current;
    if (this.confirmed) return false;
    this.current = this.unlessFailed(this.kept().then((kept) => this.ask(kept)));
    await this.current;
    return true;
  }

  private unlessFailed(work: Promise<Metadata>): Promise<Metadata> {
    return work.catch((thrown: unknown) => {
      this.current = undefined;
      throw thrown;
    });
  }

  private async load(): Promise<Metadata> {
    const kept = await this.kept();
    const age = this.source.clock.now() - (kept?.at ?? 0);
    // A clock that was put back makes an age negative, and nothing can be said of it.
    return kept && age >= 0 && age < FRESH_MS ? kept.metadata : this.ask(kept);
  }

  private async ask(kept: MetadataVersion | undefined): Promise<Metadata> {
    const { fetch, cache, key, clock } = this.source;
    const { text, etag, metadata } = await fetch(kept);
    this.confirmed = true;
    await cache?.set(key, { text, at: clock.now(), ...(etag === undefined ? {} : { etag }) });
    return metadata;
  }

  /** What is kept and cannot be read any more is as good as nothing. */
  private async kept(): Promise<(MetadataVersion & { readonly at: number }) | undefined> {
    const { cache, key, parse } = this.source;
    const entry = await cache?.get(key);
    if (!entry) return undefined;
    try {
      return { ...entry, metadata: parse(entry.text) };
    } catch {
      return undefined;
    }
  }
}
