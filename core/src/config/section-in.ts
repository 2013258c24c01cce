import type { ConfigurationSection } from '../ports/index.js';
import type { Configuration } from './configuration.js';

/** A section that the rc file has, of those that plugins bring. */
export interface BroughtSection {
  readonly name: string;
  /** Where it stands in an integration: in which. */
  readonly integration?: string | undefined;
  /** An instance of the section's class, validated, defaults filled in. */
  readonly settings: object;
}

/**
 * What the rc file says in a section; undefined where it does not have it.
 *
 * @param integration of a section of integrations: which
 */
export const sectionIn = <Settings extends object>(
  { sections }: Pick<Configuration, 'sections'>,
  { name }: ConfigurationSection<Settings>,
  integration?: string,
): Settings | undefined =>
  sections.find((section) => section.name === name && section.integration === integration)?.settings as
    Settings | undefined;
