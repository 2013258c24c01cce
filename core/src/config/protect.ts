import type { IsthmusError } from '../errors/index.js';
import { MASK, type SecretVault } from '../secrets/index.js';
import { configErrors } from './errors.js';
import { mapScalars, type ConfigNode } from './node.js';
import { pathText, placeOf } from './place.js';
import { isSecretAt, type Section } from './sections.js';

/**
 * Marks every value that must not be printed: what came from a reference, and parameters that are declared secret. The
 * latter go into the vault (the former are there already), with a warning where they stand in clear text.
 */
export function protectSecrets(
  root: ConfigNode,
  sections: readonly Section[],
  vault: SecretVault,
): { root: ConfigNode; warnings: IsthmusError[] } {
  const warnings: IsthmusError[] = [];
  const marked = mapScalars(root, (scalar, path) => {
    const { value, references = [] } = scalar;
    const isSecret = value !== null && value !== '' && isSecretAt(sections, path);
    if (isSecret) {
      vault.add(String(value));
      if (references.length === 0) {
        warnings.push(configErrors.CONFIG_SECRET_IN_CLEAR({ name: pathText(path) }, { place: placeOf(root, path) }));
      }
    }
    return isSecret || references.length > 0 ? { ...scalar, mask: [MASK, ...references].join(' ') } : scalar;
  });
  return { root: marked, warnings };
}
