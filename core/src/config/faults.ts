import type { IsthmusError, Place } from '../errors/index.js';
import type { ConfigNode, Path } from './node.js';
import { pathText, placeOf } from './place.js';

/** Gathers what is wrong with a document. Of a value that is wrong already, nothing more is said. */
export class Faults {
  private readonly found = new Map<string, IsthmusError>();

  constructor(private readonly root: ConfigNode) {}

  /** @param part of an entry that the fault is about: its value, or the key that names it */
  add(path: Path, make: (occurrence: { place: Place }) => IsthmusError, part: 'key' | 'value' = 'value'): void {
    if (!this.covers(path)) this.found.set(pathText(path), make({ place: placeOf(this.root, path, part) }));
  }

  /** In the order of the files' lines. */
  list(): IsthmusError[] {
    return [...this.found.values()].sort(
      ({ place: a }, { place: b }) =>
        (a.file ?? '').localeCompare(b.file ?? '') ||
        (a.line ?? 0) - (b.line ?? 0) ||
        (a.column ?? 0) - (b.column ?? 0),
    );
  }

  private covers(path: Path): boolean {
    const above = [[], ...path.map((_, index) => path.slice(0, index + 1))];
    return above.some((part) => this.found.has(pathText(part)));
  }
}
