import { nearest } from '../text/index.js';
import { templateErrors } from './errors.js';
import type { Template } from './template.js';

export interface RegisteredTemplate extends Template {
  readonly plugin: string;
}

/** The installed templates. Contains exactly what the installed plugins ship. */
export class TemplateRegistry {
  private readonly templates = new Map<string, RegisteredTemplate>();

  add(template: Template, plugin: string): void {
    const id = templateId(template);
    const present = this.templates.get(id);
    if (present) {
      throw templateErrors.TEMPLATE_DOUBLE({ template: id, other: present.plugin }, { place: { plugin } });
    }
    this.templates.set(id, { ...template, plugin });
  }

  /** By name; newest version first. */
  list(): RegisteredTemplate[] {
    return [...this.templates.values()].sort((a, b) =>
      a.name === b.name ? b.version - a.version : a.name < b.name ? -1 : 1,
    );
  }

  /** @param reference `name` (the newest version) or `name@version` */
  get(reference: string): RegisteredTemplate {
    const found = this.list().find((template) => template.name === reference || templateId(template) === reference);
    if (found) return found;
    const ids = [...this.templates.keys()];
    throw templateErrors.TEMPLATE_UNKNOWN({
      template: reference,
      nearest: nearest(reference, [...ids, ...this.list().map(({ name }) => name)]),
      installed: ids.join(', ') || 'none',
    });
  }
}

export const templateId = ({ name, version }: Pick<Template, 'name' | 'version'>): string => `${name}@${version}`;
