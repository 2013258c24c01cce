import { createRequire } from 'node:module';
import { describeNode } from './describe.js';
import { configErrors } from './errors.js';
import { merge } from './merge.js';
import type { ConfigNode, MapNode, ScalarNode } from './node.js';
import { placeOf } from './place.js';
import { readConfigurationFile } from './read-file.js';

/**
 * A file on top of everything that it extends, in order; the later wins.
 *
 * @param file absolute path
 * @param above the files that extend this one, outermost first
 * @throws CONFIG_UNREADABLE, CONFIG_WRONG_TYPE, CONFIG_EXTENDS_MISSING, CONFIG_EXTENDS_CYCLE
 */
export async function readWithBases(file: string, above: readonly string[] = []): Promise<ConfigNode> {
  const own = mapOf(await readConfigurationFile(file));
  const chain = [...above, file];
  const { bases, root } = splitExtends(own);
  let below: ConfigNode = { kind: 'map', at: own.at, entries: new Map() };
  for (const base of bases) {
    const place = { ...base.at, key: 'extends' };
    const from = resolveBase(String(base.value), file);
    if (from === undefined) {
      throw configErrors.CONFIG_EXTENDS_MISSING({ name: String(base.value), file }, { place });
    }
    if (chain.includes(from)) throw configErrors.CONFIG_EXTENDS_CYCLE({ chain: [...chain, from] }, { place });
    below = merge(below, await readWithBases(from, chain));
  }
  return merge(below, root);
}

/** An empty file configures nothing, which is allowed. */
function mapOf(node: ConfigNode): MapNode {
  if (node.kind === 'map') return node;
  if (node.kind === 'scalar' && node.value === null) return { kind: 'map', at: node.at, entries: new Map() };
  throw configErrors.CONFIG_WRONG_TYPE({ got: describeNode(node), wanted: 'a map' }, { place: node.at });
}

function splitExtends(root: MapNode): { bases: readonly ScalarNode[]; root: MapNode } {
  const entries = new Map(root.entries);
  const node = entries.get('extends');
  entries.delete('extends');
  const named = node === undefined ? [] : node.kind === 'list' ? node.items : [node];
  const wrong = named.find((item) => item.kind !== 'scalar' || typeof item.value !== 'string');
  if (wrong) {
    throw configErrors.CONFIG_WRONG_TYPE(
      { got: describeNode(wrong), wanted: 'a string or a list of strings' },
      { place: { ...placeOf(root, ['extends']), ...wrong.at } },
    );
  }
  return { bases: named.filter((item) => item.kind === 'scalar'), root: { ...root, entries } };
}

function resolveBase(name: string, from: string): string | undefined {
  try {
    return createRequire(from).resolve(name);
  } catch {
    return undefined;
  }
}
