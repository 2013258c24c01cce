import type { ConfigNode } from './node.js';

/** Maps merge deeply, everything else is replaced; every value keeps its own place. */
export function merge(base: ConfigNode, over: ConfigNode): ConfigNode {
  if (base.kind !== 'map' || over.kind !== 'map') return over;
  const entries = new Map(base.entries);
  for (const [key, node] of over.entries) {
    const below = entries.get(key);
    entries.set(key, below ? merge(below, node) : node);
  }
  return { ...over, entries };
}
