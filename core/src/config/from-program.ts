import { configErrors } from './errors.js';
import type { ConfigNode } from './node.js';
import { pathText } from './place.js';

/**
 * What a JavaScript file exports. It has no lines, only the file.
 *
 * @throws CONFIG_UNREADABLE where a value is nothing that YAML could hold
 */
export function fromProgram(exported: unknown, file: string): ConfigNode {
  const at = { file };
  const read = (value: unknown, path: readonly (string | number)[], above: readonly unknown[]): ConfigNode => {
    if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      return { kind: 'scalar', value, at, keyAt: at };
    }
    const inside = [...above, value];
    if (!above.includes(value)) {
      if (Array.isArray(value)) {
        return { kind: 'list', at, keyAt: at, items: value.map((item, index) => read(item, [...path, index], inside)) };
      }
      if (isPlainObject(value)) {
        const present = Object.entries(value).filter(([, entry]) => entry !== undefined);
        const entries = present.map(([key, entry]) => [key, read(entry, [...path, key], inside)] as const);
        return { kind: 'map', at, keyAt: at, entries: new Map(entries) };
      }
    }
    const reason = 'Only maps, lists, text, numbers, true, false and null are allowed';
    throw configErrors.CONFIG_UNREADABLE({ file, reason }, { place: { file, key: pathText(path) } });
  };
  return read(exported, [], []);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
