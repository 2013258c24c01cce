import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CachedText, TextCache } from '@isthmus/core';

/**
 * One file for each text: a line of JSON with what is known of it, then the text. Keys are kept as digests only: they
 * hold addresses, and addresses may hold secrets.
 */
export class FileCache implements TextCache {
  constructor(private readonly folder: string) {}

  async get(key: string): Promise<CachedText | undefined> {
    try {
      const content = await readFile(this.fileOf(key), 'utf8');
      const end = content.indexOf('\n');
      const head = JSON.parse(content.slice(0, end)) as Head;
      const text = content.slice(end + 1);
      if (head.key !== digestOf(key) || head.length !== text.length || typeof head.at !== 'number') return undefined;
      return { text, at: head.at, ...(head.etag === undefined ? {} : { etag: head.etag }) };
    } catch {
      return undefined;
    }
  }

  /** Written aside and moved, so that nobody reads half of it. */
  async set(key: string, { text, at, etag }: CachedText): Promise<void> {
    const aside = `${this.fileOf(key)}.${randomUUID()}`;
    const head: Head = { key: digestOf(key), at, length: text.length, ...(etag === undefined ? {} : { etag }) };
    try {
      await mkdir(this.folder, { recursive: true });
      await writeFile(aside, `${JSON.stringify(head)}\n${text}`);
      await rename(aside, this.fileOf(key));
    } catch {
      await rm(aside, { force: true }).catch(() => undefined);
    }
  }

  private fileOf(key: string): string {
    return join(this.folder, digestOf(key).slice(0, 32));
  }
}

const digestOf = (key: string): string => createHash('sha256').update(key).digest('hex');

interface Head {
  /** Digest. */
  readonly key: string;
  readonly at: number;
  readonly length: number;
  readonly etag?: string;
}
