/** Where a value stands. A JavaScript file has no lines. */
export interface Position {
  readonly file: string;
  /** 1-based. */
  readonly line?: number;
  /** 1-based. */
  readonly column?: number;
}

interface Located {
  readonly at: Position;
  /** Of the key that names the value. */
  readonly keyAt?: Position;
}

export type Scalar = string | number | boolean | null;

export interface ScalarNode extends Located {
  readonly kind: 'scalar';
  readonly value: Scalar;
  /** The references that the text was made of, as written. */
  readonly references?: readonly string[];
  /** What is printed instead of the value, which is secret. */
  readonly mask?: string;
}

export interface ListNode extends Located {
  readonly kind: 'list';
  readonly items: readonly ConfigNode[];
}

export interface MapNode extends Located {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, ConfigNode>;
}

/** A value of an rc file that knows where it stands, so that a fault found late can still point there. */
export type ConfigNode = ScalarNode | ListNode | MapNode;

/** Keys, and numbers of list items, from the root. */
export type Path = readonly (string | number)[];

export function childOf(node: ConfigNode | undefined, key: string | number): ConfigNode | undefined {
  if (node?.kind === 'map') return node.entries.get(String(key));
  return node?.kind === 'list' ? node.items[Number(key)] : undefined;
}

export const nodeAt = (root: ConfigNode, path: Path): ConfigNode | undefined =>
  path.reduce<ConfigNode | undefined>(childOf, root);

/** The entries of a map; none where there is something else, or nothing. */
export function entriesAt(root: ConfigNode, path: Path): [string, ConfigNode][] {
  const node = nodeAt(root, path);
  return node?.kind === 'map' ? [...node.entries] : [];
}

/** The text at `path`; undefined where there is something else, or nothing. */
export function textAt(root: ConfigNode, path: Path): string | undefined {
  const node = nodeAt(root, path);
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

/** A new tree with other scalars in the same places. */
export function mapScalars(
  node: ConfigNode,
  change: (scalar: ScalarNode, path: Path) => ScalarNode,
  path: Path = [],
): ConfigNode {
  switch (node.kind) {
    case 'scalar':
      return change(node, path);
    case 'list':
      return { ...node, items: node.items.map((item, index) => mapScalars(item, change, [...path, index])) };
    case 'map': {
      const entries = [...node.entries].map(
        ([key, entry]) => [key, mapScalars(entry, change, [...path, key])] as const,
      );
      return { ...node, entries: new Map(entries) };
    }
  }
}

/** The bare value. */
export function plainOf(node: ConfigNode): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(plainOf);
    case 'map':
      return Object.fromEntries([...node.entries].map(([key, entry]) => [key, plainOf(entry)]));
  }
}
