import type { ParameterClass } from '../parameters/index.js';
import { findTemplate, type InstalledPieces } from './installed.js';
import { entriesAt, nodeAt, textAt, type ConfigNode, type Path } from './node.js';
import { isSecret } from './parameter-class.js';

/** A part of this document that a parameter class of a plugin describes. */
export interface Section {
  readonly path: Path;
  readonly parameters: ParameterClass;
  /** Where a plugin brings the section. */
  readonly brought?: { readonly name: string; readonly integration?: string };
}

/**
 * The options of every connection and the parameters of every integration whose kind or template is known, and the
 * sections that plugins bring, where the document has them.
 */
export const sectionsOf = (root: ConfigNode, installed: InstalledPieces): Section[] => [
  ...ofConnections(root, installed),
  ...ofIntegrations(root, installed),
  ...broughtSections(root, installed),
];

const namesAt = (root: ConfigNode, key: string): string[] => entriesAt(root, [key]).map(([name]) => name);

const ofConnections = (root: ConfigNode, { connectors }: InstalledPieces): Section[] =>
  namesAt(root, 'connections').flatMap((name) => {
    const path = ['connections', name];
    const connector = connectors.find(({ kind }) => kind === textAt(root, [...path, 'kind']));
    return connector ? [{ path, parameters: connector.options }] : [];
  });

const ofIntegrations = (root: ConfigNode, { templates }: InstalledPieces): Section[] =>
  namesAt(root, 'integrations').flatMap((name) => {
    const path = ['integrations', name];
    const template = findTemplate(textAt(root, [...path, 'template']), templates);
    return template?.parameters ? [{ path: [...path, 'parameters'], parameters: template.parameters }] : [];
  });

const broughtSections = (root: ConfigNode, { sections }: InstalledPieces): Section[] =>
  sections
    .flatMap(({ name, of, settings: parameters }): Section[] =>
      of === 'file'
        ? [{ path: [name], parameters, brought: { name } }]
        : namesAt(root, 'integrations').map((integration) => ({
            path: ['integrations', integration, name],
            parameters,
            brought: { name, integration },
          })),
    )
    .filter(({ path }) => nodeAt(root, path) !== undefined);

/** The parameter class of the section says that the value is a secret. */
export function isSecretAt(sections: readonly Section[], path: Path): boolean {
  const section = sections.find((candidate) => candidate.path.every((key, index) => key === path[index]));
  return section !== undefined && isSecret(section.parameters, path.slice(section.path.length));
}
