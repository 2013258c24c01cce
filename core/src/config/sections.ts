import type { ParameterClass } from '../parameters/index.js';
import { findTemplate, type InstalledPieces } from './installed.js';
import { entriesAt, textAt, type ConfigNode, type Path } from './node.js';
import { isSecret } from './parameter-class.js';

/** A part of the document that a parameter class of a plugin describes. */
export interface Section {
  readonly path: Path;
  readonly parameters: ParameterClass;
}

/** The options of every connection and the parameters of every integration whose kind or template is known. */
export function sectionsOf(root: ConfigNode, { connectors, templates }: InstalledPieces): Section[] {
  const ofConnections = entriesAt(root, ['connections']).map(([name]) => ({
    path: ['connections', name],
    parameters: connectors.find(({ kind }) => kind === textAt(root, ['connections', name, 'kind']))?.options,
  }));
  const ofIntegrations = entriesAt(root, ['integrations']).map(([name]) => ({
    path: ['integrations', name, 'parameters'],
    parameters: findTemplate(textAt(root, ['integrations', name, 'template']), templates)?.parameters,
  }));
  return [...ofConnections, ...ofIntegrations].flatMap(({ path, parameters }) =>
    parameters ? [{ path, parameters }] : [],
  );
}

/** The parameter class of the section says that the value is a secret. */
export function isSecretAt(sections: readonly Section[], path: Path): boolean {
  const section = sections.find((candidate) => candidate.path.every((key, index) => key === path[index]));
  return section !== undefined && isSecret(section.parameters, path.slice(section.path.length));
}
