import { keyText } from '@isthmus/core';
import type { EncodedOperation } from '@isthmus/odata';

/** Rows of messages whose answers were lost: the next attempt of each had better be one that answers for it. */
export class LostRows {
  private readonly rows = new Set<string>();

  add(way: string, portion: readonly EncodedOperation[]): void {
    for (const one of portion) this.rows.add(textOf(way, one));
  }

  /** Forgets the rows of a portion that is about to be written another way. @returns whether there were any */
  take(way: string, portion: readonly EncodedOperation[]): boolean {
    return portion.filter((one) => this.rows.delete(textOf(way, one))).length > 0;
  }
}

const textOf = (way: string, { operation }: EncodedOperation): string =>
  keyText([way, ...Object.values(operation.key)]);
