import type { ParameterClass } from '../parameters/index.js';
import type { ConfigurationSection } from '../ports/index.js';

/** What the installed plugins bring, as far as the rc file can speak of it. */
export interface InstalledPieces {
  readonly connectors: readonly InstalledConnector[];
  readonly templates: readonly InstalledTemplate[];
  readonly sections: readonly ConfigurationSection[];
}

export interface InstalledConnector {
  readonly kind: string;
  readonly options: ParameterClass;
}

export interface InstalledTemplate {
  readonly name: string;
  readonly version: number;
  readonly title: string;
  readonly parameters?: ParameterClass | undefined;
  readonly tasks: readonly InstalledTask[];
  /** The two sides of its direction, as connection sets name them. */
  readonly roles: readonly string[];
}

export interface InstalledTask {
  readonly name: string;
  readonly fields: readonly { readonly name: string; readonly optional: boolean }[];
}

/** What an integration may write to mean the template: `name@version`, and of the newest version the bare name. */
export function referencesTo(template: InstalledTemplate, templates: readonly InstalledTemplate[]): string[] {
  const isNewest = templates.every(({ name, version }) => name !== template.name || version <= template.version);
  const id = `${template.name}@${template.version}`;
  return isNewest ? [template.name, id] : [id];
}

export const findTemplate = (
  reference: string | undefined,
  templates: readonly InstalledTemplate[],
): InstalledTemplate | undefined =>
  templates.find((template) => reference !== undefined && referencesTo(template, templates).includes(reference));
