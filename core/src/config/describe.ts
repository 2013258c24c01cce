import type { ConfigNode } from './node.js';

/** What was got, without saying it: it may be a secret that stands in the wrong place. */
export function describeNode(node: ConfigNode | undefined): string {
  if (node === undefined) return 'nothing';
  if (node.kind !== 'scalar') return node.kind === 'list' ? 'a list' : 'a map';
  const { value } = node;
  if (value === null) return 'nothing';
  if (typeof value === 'string') return `a string of ${value.length} characters`;
  return typeof value === 'number' ? 'a number' : String(value);
}

/** A name as it may be printed: of one that came from a reference, the reference. */
export const printableName = (node: ConfigNode | undefined): string =>
  node?.kind === 'scalar' ? (node.references?.join(' ') ?? String(node.value)) : describeNode(node);

const LONGEST_QUOTE = 60;

/** What was got, in its own words where it is no secret. */
export function quoteNode(node: ConfigNode | undefined): string {
  if (node?.kind !== 'scalar' || typeof node.value !== 'string') return describeNode(node);
  if (node.mask !== undefined || node.value.length > LONGEST_QUOTE) return describeNode(node);
  return `'${node.value}'`;
}
