import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { errors } from '../errors.js';
import type { Page, PageSource, Table, Value } from '../store/index.js';
import { pageDecoder } from './page-format.js';
import type { PageEntry, TableState } from './state.js';

/** The rows of a table as a folder keeps them; a page that is not in the file is as it was at the beginning. */
export class FilePages implements PageSource {
  readonly length: number;
  readonly size: number;
  readonly entries: ReadonlyMap<number, PageEntry>;
  private readonly decode: (bytes: Uint8Array) => Page;

  constructor(
    readonly file: string,
    table: Table,
    { length, size, pages }: TableState,
    private readonly beginning: PageSource | undefined,
    blank: readonly Value[],
  ) {
    this.length = length;
    this.size = size;
    this.entries = new Map(pages.map((entry) => [entry.page, entry]));
    this.decode = pageDecoder(table.schema, blank);
    this.check();
  }

  newest(page: number): number {
    return this.entries.get(page)?.newest ?? this.beginning?.newest(page) ?? 0;
  }

  read(page: number): Page {
    const entry = this.entries.get(page);
    return entry ? this.decode(this.bytesOf(entry)) : (this.beginning?.read(page) ?? []);
  }

  keys(page: number): readonly string[] | undefined {
    return this.entries.has(page) ? undefined : this.beginning?.keys?.(page);
  }

  /** A page as it lies in the file. */
  bytesOf(entry: PageEntry): Uint8Array {
    const handle = openSync(this.file, 'r');
    try {
      return this.intact(handle, entry);
    } finally {
      closeSync(handle);
    }
  }

  /** Rows are decoded when they are asked for; a file that was cut off or damaged shows here, at the start. */
  private check(): void {
    if (this.entries.size === 0) return;
    let handle: number | undefined;
    try {
      handle = openSync(this.file, 'r');
      const end = Math.max(...[...this.entries.values()].map(({ offset, bytes }) => offset + bytes));
      if (statSync(this.file).size !== end) throw errors.SANDBOX_SNAPSHOT_UNREADABLE({ file: this.file });
      for (const entry of this.entries.values()) this.intact(handle, entry);
    } catch (cause) {
      throw errors.SANDBOX_SNAPSHOT_UNREADABLE({ file: this.file }, { cause });
    } finally {
      if (handle !== undefined) closeSync(handle);
    }
  }

  private intact(handle: number, { offset, bytes, crc }: PageEntry): Uint8Array {
    const buffer = Buffer.alloc(bytes);
    const read = readSync(handle, buffer, 0, bytes, offset);
    if (read < bytes || crc32(buffer) !== crc) throw errors.SANDBOX_SNAPSHOT_UNREADABLE({ file: this.file });
    return buffer;
  }
}
