import type { SecretSource } from '../ports/index.js';
import { SecretVault } from '../secrets/index.js';
import { assemble } from './assemble.js';
import type { Configuration } from './configuration.js';
import type { ConfigurationDocument } from './document.js';
import { configErrors } from './errors.js';
import { Faults } from './faults.js';
import type { InstalledPieces } from './installed.js';
import { checkNames } from './names.js';
import type { Path } from './node.js';
import { pathText } from './place.js';
import { protectSecrets } from './protect.js';
import { resolveReferences } from './references.js';
import { instantiate } from './rules.js';
import { configurationSchema } from './schema.js';
import { sectionsOf } from './sections.js';
import { checkStructure } from './structure.js';

/**
 * Resolves references and checks everything: keys, types, names, the rules of parameter classes.
 *
 * @throws CONFIG_INVALID whose `details.faults` are all the faults, in the order of the files' lines
 */
export function validateConfiguration(
  document: ConfigurationDocument,
  installed: InstalledPieces,
  sources: readonly SecretSource[],
): Configuration {
  const { file, plugins } = document;
  const vault = new SecretVault();
  const faults = new Faults(document.root);

  const resolved = resolveReferences(document.root, { sources, vault, faults });
  const sections = sectionsOf(resolved, installed);
  const { root, warnings } = protectSecrets(resolved, sections, vault);
  const raw = checkStructure(root, { schema: configurationSchema(installed), sections }, faults);
  const added = checkNames(root, installed, faults);
  const instances = new Map(
    sections.map((section) => [pathText(section.path), instantiate(section, { root, faults, vault })]),
  );

  const found = faults.list();
  if (found.length > 0) throw configErrors.CONFIG_INVALID({ file, faults: found }, { place: { file } });
  const instanceAt = (path: Path) => instances.get(pathText(path)) ?? {};
  return {
    file,
    plugins,
    ...assemble(raw, { file, root, installed, instanceAt }),
    sections: sections.flatMap(({ path, brought }) => (brought ? [{ ...brought, settings: instanceAt(path) }] : [])),
    secrets: vault,
    warnings: [...document.warnings, ...warnings, ...added],
    root,
  };
}
