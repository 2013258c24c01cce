import type { Place } from '../errors/index.js';
import { childOf, type ConfigNode, type Path } from './node.js';

/** `connections.psa.url`, `plugins[0]`, `connectionSets.main.organizations["Contoso US"]`. */
export function pathText(path: Path): string {
  return path
    .map((key, index) => {
      if (typeof key === 'number') return `[${key}]`;
      if (!/^[\w$@-]+$/.test(key)) return `[${JSON.stringify(key)}]`;
      return index === 0 ? key : `.${key}`;
    })
    .join('');
}

/**
 * File, line, column and key path. Of a value that is not there, the key of the nearest map that would hold it.
 *
 * @param part of an entry: its value, or the key that names it
 */
export function placeOf(root: ConfigNode, path: Path, part: 'key' | 'value' = 'value'): Place {
  let node = root;
  let whole = true;
  for (const key of path) {
    const next = childOf(node, key);
    whole = next !== undefined;
    if (!next) break;
    node = next;
  }
  const position = whole && part === 'value' ? node.at : (node.keyAt ?? node.at);
  return path.length > 0 ? { ...position, key: pathText(path) } : position;
}

/** The path that a JSON pointer stands for; what it points at need not exist. */
export function pathOfPointer(root: ConfigNode, pointer: string): Path {
  const path: (string | number)[] = [];
  let node: ConfigNode | undefined = root;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(node?.kind === 'list' ? Number(key) : key);
    node = childOf(node, key);
  }
  return path;
}
