import { dirname } from 'node:path';
import { isIsthmusError } from '../errors/index.js';
import type { SecretSource } from '../ports/index.js';
import type { SecretVault } from '../secrets/index.js';
import { nearest } from '../text/index.js';
import { configErrors } from './errors.js';
import type { Faults } from './faults.js';
import { mapScalars, type ConfigNode, type Path, type ScalarNode } from './node.js';

/** `${scheme:name}`; `$${` is a literal `${`. */
const REFERENCE = /\$\$\{|\$\{([^}]*)\}/g;
/** Read before references are resolved. */
const AS_WRITTEN = new Set<string | number | undefined>(['plugins', '$schema']);

interface Context {
  readonly sources: readonly SecretSource[];
  readonly vault: SecretVault;
  readonly faults: Faults;
}

/** Puts in place of every reference what it stands for, and that into the vault. */
export function resolveReferences(root: ConfigNode, context: Context): ConfigNode {
  return mapScalars(root, (scalar, path) =>
    AS_WRITTEN.has(path[0]) || typeof scalar.value !== 'string'
      ? scalar
      : resolveText(scalar, scalar.value, path, context),
  );
}

function resolveText(scalar: ScalarNode, text: string, path: Path, context: Context): ScalarNode {
  const references: string[] = [];
  const value = text.replace(REFERENCE, (reference, inside: string | undefined) => {
    if (inside === undefined) return '${';
    references.push(reference);
    const resolved = lookUp(reference, inside, { ...context, path, from: dirname(scalar.at.file) });
    context.vault.add(resolved);
    return resolved;
  });
  return references.length > 0 ? { ...scalar, value, references } : { ...scalar, value };
}

function lookUp(
  reference: string,
  inside: string,
  { sources, faults, path, from }: Context & { readonly path: Path; readonly from: string },
): string {
  const [scheme = '', ...rest] = inside.split(':');
  const source = rest.length > 0 ? sources.find((candidate) => candidate.scheme === scheme) : undefined;
  if (!source) {
    const known = sources.map((candidate) => `\${${candidate.scheme}:…}`);
    const near =
      rest.length > 0
        ? nearest(
            scheme,
            sources.map((candidate) => candidate.scheme),
          )
        : undefined;
    const particulars = { reference, known, nearest: near && `\${${[near, ...rest].join(':')}}` };
    faults.add(path, (at) => configErrors.CONFIG_UNKNOWN_REFERENCE(particulars, at));
    return '';
  }
  try {
    const resolved = source.resolve(rest.join(':').trim(), from);
    if (resolved !== undefined) return resolved;
    faults.add(path, (at) => configErrors.CONFIG_SECRET_MISSING({ reference }, at));
  } catch (thrown) {
    if (!isIsthmusError(thrown)) throw thrown;
    faults.add(path, ({ place }) => thrown.at(place));
  }
  return '';
}
