import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import { configErrors } from './errors.js';
import type { ConfigNode, Position } from './node.js';

/**
 * YAML or JSON (which is YAML), with positions.
 *
 * @throws CONFIG_UNREADABLE with the line of the first syntax error
 */
export function parseText(text: string, file: string): ConfigNode {
  const lines = new LineCounter();
  // Pretty errors quote the line, and the line may hold a secret.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const positionOf = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const [first] = document.errors;
  if (first) throw unreadable(withoutSource(first.message), positionOf(first.pos[0]));
  const start = { file, line: 1, column: 1 };
  return document.contents ? new Reader(document, positionOf).read(document.contents, start) : scalar(null, start);
}

/** Some of the parser's messages end with a piece of the text: `Unexpected scalar token in YAML stream: "…"`. */
const withoutSource = (message: string): string => message.replace(/(?<=\w): .*$/s, '');

const unreadable = (reason: string, place: Position) =>
  configErrors.CONFIG_UNREADABLE({ file: place.file, reason }, { place });

const scalar = (value: string | number | boolean | null, at: Position): ConfigNode => ({ kind: 'scalar', value, at });

class Reader {
  /** Nodes that are being read: an alias that leads back to one of them would never end. */
  private readonly open = new Set<Node>();

  constructor(
    private readonly document: Document,
    private readonly positionOf: (offset: number) => Position,
  ) {}

  /** @param outside position of what holds the node, for nodes that have none of their own */
  read(node: Node, outside: Position): ConfigNode {
    const at = node.range ? this.positionOf(node.range[0]) : outside;
    if (isAlias(node)) return this.readAlias(node.resolve(this.document), at);
    this.open.add(node);
    const result = this.readValue(node, at);
    this.open.delete(node);
    return result;
  }

  private readAlias(target: Node | undefined, at: Position): ConfigNode {
    if (!target) throw unreadable('An alias (*name) needs an anchor (&name) before it; put the text in quotes', at);
    if (this.open.has(target)) throw unreadable('An alias may not stand inside what it repeats', at);
    return { ...this.read(target, at), at };
  }

  private readValue(node: Node, at: Position): ConfigNode {
    if (isSeq<Node>(node)) return { kind: 'list', at, items: node.items.map((item) => this.read(item, at)) };
    if (isMap<Node, Node | null>(node)) {
      const entries = node.items.map(({ key, value }) => this.readEntry(key, value, at));
      return { kind: 'map', at, entries: new Map(entries) };
    }
    if (!isScalar(node)) throw unreadable('Only maps, lists, text, numbers, true, false and null are allowed', at);
    const { value } = node;
    return scalar(typeof value === 'number' || typeof value === 'boolean' || value === null ? value : `${value}`, at);
  }

  private readEntry(key: Node, value: Node | null, outside: Position): [string, ConfigNode] {
    const keyAt = key.range ? this.positionOf(key.range[0]) : outside;
    if (!isScalar(key)) throw unreadable('A key must be text', keyAt);
    const name = typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
    return [name, { ...(value ? this.read(value, keyAt) : scalar(null, keyAt)), keyAt }];
  }
}
